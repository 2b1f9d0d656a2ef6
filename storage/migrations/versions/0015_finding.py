"""What is old in the traffic or about one community, what has still to be told, and where somebody
sits are found without reading all there is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_index("ix_outbox_community_id_post_id", "outbox", ["community_id", "post_id"])
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"])
    op.create_index("ix_seat_account", "seat", ["account"])
    untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_tip_waiting", "tip", ["community_id"], postgresql_where=untold, sqlite_where=untold
    )


def downgrade() -> None:
    op.drop_index("ix_tip_waiting", "tip")
    op.drop_index("ix_seat_account", "seat")
    op.drop_index("ix_outbox_created_at", "outbox")
    op.drop_index("ix_outbox_community_id_post_id", "outbox")
    op.drop_index("ix_inbox_received_at", "inbox")
