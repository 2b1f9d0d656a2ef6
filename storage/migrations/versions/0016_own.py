"""Which fields of a profile the member set himself; of those of before nobody knows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("own", _JSON, server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("member") as batch:
        batch.drop_column("own")
