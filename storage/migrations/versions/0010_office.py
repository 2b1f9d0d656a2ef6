"""The back office reads the audit by time, and counts posts of the last weeks."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("ix_audit_community_id_at", "audit", ["community_id", "at"])
    op.create_index("ix_post_community_id_created_at", "post", ["community_id", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_post_community_id_created_at", "post")
    op.drop_index("ix_audit_community_id_at", "audit")
