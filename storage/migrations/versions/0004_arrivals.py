"""Who comes into a group, and mentions that no post is the reason of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("group_address", sa.String(length=128), nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "group_address"],
            ["chat_group.community_id", "chat_group.address"],
            name=op.f("fk_arrival_community_id_group_address"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "group_address", "account", name=op.f("pk_arrival")
        ),
    )
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arrival_community_id_account"), ["community_id", "account"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_arrival_due_at"), ["due_at"], unique=False)

    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.alter_column("post_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM mention WHERE post_id IS NULL")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.alter_column("post_id", existing_type=sa.Integer(), nullable=False)

    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrival_due_at"))
        batch_op.drop_index(batch_op.f("ix_arrival_community_id_account"))

    op.drop_table("arrival")
