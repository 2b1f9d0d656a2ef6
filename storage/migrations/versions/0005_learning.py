"""Labels on matches, lessons learned from them, and matches that somebody has yet to hear of."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    _add_to_match()
    _make_labels()
    _make_lessons()
    _make_looking_back()


def downgrade() -> None:
    for table in ("tip", "fresh", "lesson", "label"):
        op.drop_table(table)
    with op.batch_alter_table("match", schema=None) as batch_op:
        for column in ("shown", "parts", "coverage"):
            batch_op.drop_column(column)


def _add_to_match() -> None:
    """Matches of before were stored without the numbers; nobody can tell which were shown."""
    added: tuple[sa.Column[Any], ...] = (
        sa.Column("coverage", sa.Float(), nullable=True),
        sa.Column("parts", _JSON, nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=True),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        for column in added:
            batch_op.add_column(column)
    match = sa.table("match", *(sa.column(one.name, one.type) for one in added))
    op.execute(match.update().values(coverage=0.0, parts=[], shown=False))
    with op.batch_alter_table("match", schema=None) as batch_op:
        for column in added:
            batch_op.alter_column(column.name, existing_type=column.type, nullable=False)


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", column],
        ["member.community_id", "member.id"],
        name=op.f(f"fk_{table}_community_id_{column}"),
        ondelete="CASCADE",
    )


def _post(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", column],
        ["post.community_id", "post.id"],
        name=op.f(f"fk_{table}_community_id_{column}"),
        ondelete="CASCADE",
    )


def _make_labels() -> None:
    op.create_table(
        "label",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("target_post_id", sa.Integer(), nullable=True),
        sa.Column("target_member_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("coverage", sa.Float(), nullable=False),
        sa.Column("parts", _JSON, nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _post("label", "post_id"),
        _post("label", "target_post_id"),
        _member("label", "target_member_id"),
        _member("label", "by_id"),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_label")),
    )
    with op.batch_alter_table("label", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_label_community_id_post_id"), ["community_id", "post_id"], unique=False
        )


def _make_lessons() -> None:
    op.create_table(
        "lesson",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weights", _JSON, nullable=False),
        sa.Column("last_label_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_lesson_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_lesson")),
    )


def _make_looking_back() -> None:
    op.create_table(
        "fresh",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        _member("fresh", "member_id"),
        sa.PrimaryKeyConstraint("community_id", "member_id", name=op.f("pk_fresh")),
    )
    with op.batch_alter_table("fresh", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fresh_since"), ["since"], unique=False)
    op.create_table(
        "tip",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("target_post_id", sa.Integer(), nullable=True),
        sa.Column("target_member_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        _member("tip", "member_id"),
        _post("tip", "post_id"),
        _post("tip", "target_post_id"),
        _member("tip", "target_member_id"),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_tip")),
    )
    with op.batch_alter_table("tip", schema=None) as batch_op:
        for columns in (["community_id", "member_id", "told_at"], ["community_id", "post_id"]):
            batch_op.create_index(batch_op.f(f"ix_tip_{'_'.join(columns)}"), columns, unique=False)
