"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "community",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=128), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("lane", sa.String(length=128), nullable=False),
        sa.Column("update", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel_key")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inbox_lane_received_at"), ["lane", "received_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inbox_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(length=128), nullable=False),
        sa.Column("community_id", sa.String(length=64), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(length=128), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_lane_message_id"), ["lane", "message_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outbox_lane_sent_at"), ["lane", "sent_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outbox_state_lane_id"), ["state", "lane", "id"], unique=False
        )

    op.create_table(
        "posting",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("shelf", sa.String(length=8), nullable=False),
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "community_id", "shelf", "term", "item_id", name=op.f("pk_posting")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_posting_community_id_shelf_item_id"),
            ["community_id", "shelf", "item_id"],
            unique=False,
        )

    op.create_table(
        "audit",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("via", sa.String(length=128), nullable=False),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_audit_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_community_id_subject_subject_id"),
            ["community_id", "subject", "subject_id"],
            unique=False,
        )

    op.create_table(
        "chat_group",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_chat_group_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "address", name=op.f("pk_chat_group")),
        sa.UniqueConstraint("address", name=op.f("uq_chat_group_address")),
    )
    op.create_table(
        "counter",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_counter_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "name", name=op.f("pk_counter")),
    )
    op.create_table(
        "member",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("group_nickname", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("industry", sa.String(), nullable=False),
        sa.Column("bio", sa.String(), nullable=False),
        sa.Column("gives", sa.String(), nullable=False),
        sa.Column("seeks", sa.String(), nullable=False),
        sa.Column(
            "skills", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "keywords", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column(
            "analysis", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("analysis_version", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_member_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_analysis_version"), ["analysis_version"], unique=False
        )

    op.create_table(
        "account",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=128), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_account_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "address", name=op.f("pk_account")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_address"), ["address"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_account_community_id_member_id"),
            ["community_id", "member_id"],
            unique=False,
        )

    op.create_table(
        "follow",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("keyword", sa.String(length=64), nullable=False),
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column(
            "analysis", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("analysis_version", sa.String(length=64), nullable=False),
        sa.Column("last_post_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_follow_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_analysis_version"), ["analysis_version"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_follow_community_id_member_id"),
            ["community_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_follow_community_id_term"), ["community_id", "term"], unique=False
        )

    op.create_table(
        "post",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bumps", sa.Integer(), nullable=False),
        sa.Column("source_group", sa.String(length=128), nullable=True),
        sa.Column("source_message", sa.String(length=128), nullable=True),
        sa.Column("collected_by", sa.Integer(), nullable=True),
        sa.Column(
            "analysis", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("analysis_version", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "author_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_post_community_id_author_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_post_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_post_analysis_version"), ["analysis_version"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_post_community_id_author_id_created_at"),
            ["community_id", "author_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_post_community_id_source_message_source_group"),
            ["community_id", "source_message", "source_group"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_post_community_id_state_expires_at"),
            ["community_id", "state", "expires_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_post_state_notice_at"), ["state", "notice_at"], unique=False
        )

    op.create_table(
        "seat",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("group_address", sa.String(length=128), nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "group_address"],
            ["chat_group.community_id", "chat_group.address"],
            name=op.f("fk_seat_community_id_group_address"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "group_address", "account", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seat_community_id_account"), ["community_id", "account"], unique=False
        )

    op.create_table(
        "credit",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("post_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("helper_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "helper_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_credit_community_id_helper_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["post.community_id", "post.id"],
            name=op.f("fk_credit_community_id_post_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "post_id", "helper_id", name=op.f("pk_credit")),
    )
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_credit_community_id_helper_id"),
            ["community_id", "helper_id"],
            unique=False,
        )

    op.create_table(
        "match",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("target_post_id", sa.Integer(), nullable=True),
        sa.Column("target_member_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column(
            "reasons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["post.community_id", "post.id"],
            name=op.f("fk_match_community_id_post_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "target_member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_match_community_id_target_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "target_post_id"],
            ["post.community_id", "post.id"],
            name=op.f("fk_match_community_id_target_post_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_match")),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_community_id_post_id"), ["community_id", "post_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_match_community_id_target_member_id"),
            ["community_id", "target_member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_match_community_id_target_post_id"),
            ["community_id", "target_post_id"],
            unique=False,
        )

    op.create_table(
        "mention",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("group_address", sa.String(length=128), nullable=False),
        sa.Column("solicited", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_mention_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["post.community_id", "post.id"],
            name=op.f("fk_mention_community_id_post_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mention_community_id_member_id_created_at"),
            ["community_id", "member_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_mention_community_id_post_id"), ["community_id", "post_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_community_id_post_id"))
        batch_op.drop_index(batch_op.f("ix_mention_community_id_member_id_created_at"))

    op.drop_table("mention")
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_community_id_target_post_id"))
        batch_op.drop_index(batch_op.f("ix_match_community_id_target_member_id"))
        batch_op.drop_index(batch_op.f("ix_match_community_id_post_id"))

    op.drop_table("match")
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_community_id_helper_id"))

    op.drop_table("credit")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_community_id_account"))

    op.drop_table("seat")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_analysis_version"))
        batch_op.drop_index(batch_op.f("ix_post_state_notice_at"))
        batch_op.drop_index(batch_op.f("ix_post_community_id_state_expires_at"))
        batch_op.drop_index(batch_op.f("ix_post_community_id_source_message_source_group"))
        batch_op.drop_index(batch_op.f("ix_post_community_id_author_id_created_at"))

    op.drop_table("post")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_analysis_version"))
        batch_op.drop_index(batch_op.f("ix_follow_community_id_term"))
        batch_op.drop_index(batch_op.f("ix_follow_community_id_member_id"))

    op.drop_table("follow")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_community_id_member_id"))
        batch_op.drop_index(batch_op.f("ix_account_address"))

    op.drop_table("account")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_analysis_version"))

    op.drop_table("member")
    op.drop_table("counter")
    op.drop_table("chat_group")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_community_id_subject_subject_id"))

    op.drop_table("audit")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_community_id_shelf_item_id"))

    op.drop_table("posting")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_state_lane_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_lane_sent_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_lane_message_id"))

    op.drop_table("outbox")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_state_id"))
        batch_op.drop_index(batch_op.f("ix_inbox_lane_received_at"))

    op.drop_table("inbox")
    op.drop_table("community")
