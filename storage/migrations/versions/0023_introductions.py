"""People are put in touch with each other, once both have agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_PEOPLE = ("asker_id", "asked_id", "introducer_id")


def upgrade() -> None:
    op.create_table(
        "introduction",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("introducer_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asker_said", sa.String(length=4), nullable=False),
        sa.Column("asked_said", sa.String(length=4), nullable=False),
        sa.Column("asker_contact", sa.String(), nullable=False),
        sa.Column("asked_contact", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("chases", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        *(_belongs(column, "member") for column in _PEOPLE),
        _belongs("post_id", "post"),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_introduction")),
    )
    with op.batch_alter_table("introduction") as batch:
        for column in (*_PEOPLE, "post_id"):
            name = batch.f(f"ix_introduction_community_id_{column}")
            batch.create_index(name, ["community_id", column])
        batch.create_index(batch.f("ix_introduction_due_at"), ["due_at"])


def downgrade() -> None:
    op.drop_table("introduction")


def _belongs(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", column],
        [f"{table}.community_id", f"{table}.id"],
        name=op.f(f"fk_introduction_community_id_{column}"),
        ondelete="CASCADE",
    )
