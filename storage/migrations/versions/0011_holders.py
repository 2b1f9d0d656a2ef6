"""Under which number of a process or a chat account somebody has a row in hand."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("holder", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("holder", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "holder")
    op.drop_column("inbox", "holder")
