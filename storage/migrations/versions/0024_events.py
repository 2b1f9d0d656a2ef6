"""Events with seats."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_event_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event") as batch:
        batch.create_index(
            batch.f("ix_event_community_id_state_starts_at"), ["community_id", "state", "starts_at"]
        )
        batch.create_index(batch.f("ix_event_due_at"), ["due_at"])
    op.create_table(
        "registration",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("displaced", sa.Boolean(), nullable=False),
        sa.Column("behind", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        *_keys("registration"),
        sa.PrimaryKeyConstraint(
            "community_id", "event_id", "member_id", name=op.f("pk_registration")
        ),
    )
    with op.batch_alter_table("registration") as batch:
        batch.create_index(
            batch.f("ix_registration_community_id_member_id"), ["community_id", "member_id"]
        )
        batch.create_index(batch.f("ix_registration_due_at"), ["due_at"])
    op.create_table(
        "strike",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys("strike"),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_strike")),
    )
    with op.batch_alter_table("strike") as batch:
        batch.create_index(
            batch.f("ix_strike_community_id_member_id_at"), ["community_id", "member_id", "at"]
        )


def downgrade() -> None:
    op.drop_table("strike")
    op.drop_table("registration")
    op.drop_table("event")


def _keys(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["community_id", f"{name}_id"],
            [f"{name}.community_id", f"{name}.id"],
            name=op.f(f"fk_{table}_community_id_{name}_id"),
            ondelete="CASCADE",
        )
        for name in ("event", "member")
    ]
