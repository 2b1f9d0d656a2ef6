"""Looking through the pool on pages: the newest posts, and the directory."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("ix_post_newest", "post", ["community_id", "state", "kind", "id", "author_id"])
    op.create_index(
        "ix_member_directory", "member", ["community_id", "active", "city", "industry", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_member_directory", "member")
    op.drop_index("ix_post_newest", "post")
