"""The platform's own id of a group that the configuration names otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("chat_group", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("native_id", sa.String(length=128), nullable=False, server_default="")
        )
    with op.batch_alter_table("chat_group", schema=None) as batch_op:
        batch_op.alter_column("native_id", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("chat_group", schema=None) as batch_op:
        batch_op.drop_column("native_id")
