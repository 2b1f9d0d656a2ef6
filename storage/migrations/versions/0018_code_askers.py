"""Mailed codes are counted by who asks for them; those of the last hours are worth nothing more."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_anew("browser", "place")


def downgrade() -> None:
    _make_anew()


def _make_anew(*asker: str) -> None:
    """A table of hours is sooner made anew than changed in its key."""
    op.drop_table("mail_code")
    key = ["community_id", "purpose", "address", *asker[:1]]
    op.create_table(
        "mail_code",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        *(sa.Column(name, sa.String(length=64), nullable=False) for name in asker),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_mail_code_community_id")
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_mail_code")),
    )
    op.create_index("ix_mail_code_window_at", "mail_code", ["window_at"])
