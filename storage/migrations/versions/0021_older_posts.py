"""A follow keeps which older posts have come to say its word, for those who hear by letter."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("follow") as batch:
        batch.add_column(sa.Column("older", _JSON, server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("follow") as batch:
        batch.drop_column("older")
