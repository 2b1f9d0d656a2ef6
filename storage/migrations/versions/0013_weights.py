"""How much a term weighs in what is found by it, as part of the index's key.

All weigh the same until their analyses are renewed, which happens by itself: other rules have made
them. Cities have a weight of their own, since they are walked through by number.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEY = ["community_id", "shelf", "term", "item_id"]


def upgrade() -> None:
    weight = sa.Column("weight", sa.SmallInteger(), autoincrement=False, nullable=False)
    weights = "CASE WHEN term LIKE '@%' THEN 1 ELSE 100 END"
    _rebuild([*_KEY[:3], "weight", "item_id"], [weight], f"{', '.join(_KEY)}, {weights}")


def downgrade() -> None:
    _rebuild(_KEY, [], ", ".join(_KEY))


def _rebuild(key: list[str], more: list[sa.Column[int]], values: str) -> None:
    """Written anew: the key is the table, on SQLite, and everything changes its place."""
    op.drop_index("ix_posting_community_id_shelf_item_id", "posting")
    op.rename_table("posting", "posting_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_posting RENAME TO pk_posting_before")
    op.create_table(
        "posting",
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("shelf", sa.String(length=8), nullable=False),
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        *more,
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_posting")),
        sqlite_with_rowid=False,
    )
    columns = ", ".join([*_KEY, *(column.name for column in more)])
    op.execute(f"INSERT INTO posting ({columns}) SELECT {values} FROM posting_before")
    op.drop_table("posting_before")
    op.create_index(
        "ix_posting_community_id_shelf_item_id", "posting", ["community_id", "shelf", "item_id"]
    )
