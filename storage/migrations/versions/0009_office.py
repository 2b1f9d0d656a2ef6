"""The back office reads the audit by time."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("ix_audit_community_id_at_id", "audit", ["community_id", "at", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_community_id_at_id", "audit")
