"""Anonymous posts: who is behind an alias is sealed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        "anonymous_author",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("blind", sa.String(length=64), nullable=False),
        sa.Column("employers", _JSON, nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_anonymous_author_community_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "member_id", name=op.f("pk_anonymous_author")),
    )
    op.create_index(
        op.f("ix_anonymous_author_community_id_blind"),
        "anonymous_author",
        ["community_id", "blind"],
    )
    op.create_table(
        "anonymous_draft",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("blind", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_anonymous_draft_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "blind", name=op.f("pk_anonymous_draft")),
    )
    op.create_index(op.f("ix_anonymous_draft_expires_at"), "anonymous_draft", ["expires_at"])


def downgrade() -> None:
    op.drop_table("anonymous_draft")
    op.drop_table("anonymous_author")
