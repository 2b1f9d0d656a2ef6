"""The pages: who is signed in, codes sent by mail, forms half written, proofs, preferences."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "join_form",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=128), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_join_form_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "digest", name=op.f("pk_join_form")),
    )
    with op.batch_alter_table("join_form", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_join_form_community_id_account"),
            ["community_id", "account"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_join_form_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "mail_code",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_mail_code_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "purpose", "address", name=op.f("pk_mail_code")),
    )
    with op.batch_alter_table("mail_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_code_window_at"), ["window_at"], unique=False)

    op.create_table(
        "preference",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("alerts", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=8), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_match", sa.Integer(), nullable=False),
        sa.Column("last_post", sa.Integer(), nullable=False),
        sa.Column("unsubscribe", sa.String(length=64), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("shows_company", sa.Boolean(), nullable=False),
        sa.Column("shows_contact", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_preference_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "member_id", name=op.f("pk_preference")),
    )
    with op.batch_alter_table("preference", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_preference_community_id_unsubscribe"),
            ["community_id", "unsubscribe"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_preference_due_at"), ["due_at"], unique=False)

    op.create_table(
        "proof",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "form"],
            ["join_form.community_id", "join_form.digest"],
            name=op.f("fk_proof_community_id_form"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_proof_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_proof")),
    )
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proof_community_id_application_id"),
            ["community_id", "application_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_proof_community_id_form"), ["community_id", "form"], unique=False
        )

    op.create_table(
        "sign_in",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_sign_in_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "digest", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_community_id_member_id"),
            ["community_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_sign_in_expires_at"), ["expires_at"], unique=False)

    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "chosen",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.drop_column("chosen")

    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_expires_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_community_id_member_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proof_community_id_form"))
        batch_op.drop_index(batch_op.f("ix_proof_community_id_application_id"))

    op.drop_table("proof")
    with op.batch_alter_table("preference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preference_due_at"))
        batch_op.drop_index(batch_op.f("ix_preference_community_id_unsubscribe"))

    op.drop_table("preference")
    with op.batch_alter_table("mail_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_code_window_at"))

    op.drop_table("mail_code")
    with op.batch_alter_table("join_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_form_updated_at"))
        batch_op.drop_index(batch_op.f("ix_join_form_community_id_account"))

    op.drop_table("join_form")
