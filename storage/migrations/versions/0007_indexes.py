"""Posts are found by who collected them, and audit entries by who acted.

The one is asked with each new post (how many did the member bring in today?), the other with each
#撤回.
"""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_index(
        "ix_post_community_id_collected_by_created_at",
        "post",
        ["community_id", "collected_by", "created_at"],
    )
    op.create_index(
        "ix_audit_community_id_actor_id_at", "audit", ["community_id", "actor_id", "at"]
    )


def downgrade() -> None:
    op.drop_index("ix_audit_community_id_actor_id_at", "audit")
    op.drop_index("ix_post_community_id_collected_by_created_at", "post")
