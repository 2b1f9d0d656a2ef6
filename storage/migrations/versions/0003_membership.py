"""Where members stand, codes, reports, and who is kept out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mark",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_mark_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "kind", "digest", name=op.f("pk_mark")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mark_community_id_kind_member_id"),
            ["community_id", "kind", "member_id"],
            unique=False,
        )

    op.create_table(
        "code",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_code_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "member_id", "purpose", name=op.f("pk_code")),
    )
    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_code_community_id_purpose_digest"),
            ["community_id", "purpose", "digest"],
            unique=False,
        )

    op.create_table(
        "membership",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("covenant", sa.String(length=16), nullable=False),
        sa.Column("covenant_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("covenant_told", sa.String(length=16), nullable=False),
        sa.Column("paid_until", sa.Date(), nullable=True),
        sa.Column("dues_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("probation_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("probation_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_membership_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "member_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_dues_at"), ["dues_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_membership_probation_at"), ["probation_at"], unique=False
        )

    op.create_table(
        "report",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "about_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_report_community_id_about_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "reporter_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_report_community_id_reporter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_report_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_community_id_about_id"),
            ["community_id", "about_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_report_community_id_reporter_id"),
            ["community_id", "reporter_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_report_community_id_state_id"),
            ["community_id", "state", "id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_community_id_state_id"))
        batch_op.drop_index(batch_op.f("ix_report_community_id_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_report_community_id_about_id"))

    op.drop_table("report")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_probation_at"))
        batch_op.drop_index(batch_op.f("ix_membership_dues_at"))

    op.drop_table("membership")
    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_community_id_purpose_digest"))

    op.drop_table("code")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_community_id_kind_member_id"))

    op.drop_table("mark")
