"""Who wrote what came in, so that it can be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("sender", sa.String(128), nullable=True))
        batch.create_index("ix_inbox_sender_sent_at", ["sender", "sent_at"])


def downgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.drop_index("ix_inbox_sender_sent_at")
        batch.drop_column("sender")
