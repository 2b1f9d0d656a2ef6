"""Whether anybody spoke of a match with a post is found without reading all that was said."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TABLES = ("label", "tip")


def upgrade() -> None:
    for table in _TABLES:
        op.create_index(
            f"ix_{table}_community_id_target_post_id", table, ["community_id", "target_post_id"]
        )


def downgrade() -> None:
    for table in _TABLES:
        op.drop_index(f"ix_{table}_community_id_target_post_id", table)
