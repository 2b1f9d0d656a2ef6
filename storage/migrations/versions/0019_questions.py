"""An applicant may be asked several things at once, by several admins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_ROWS = sa.table(
    "application",
    sa.column("community_id", sa.String()),
    sa.column("id", sa.Integer()),
    sa.column("question", sa.String()),
    sa.column("questions", _JSON),
)


def upgrade() -> None:
    with op.batch_alter_table("application") as batch:
        batch.add_column(sa.Column("questions", _JSON, server_default="[]", nullable=False))
    asked = sa.select(_ROWS).where(_ROWS.c.question != "")
    for row in op.get_bind().execute(asked).all():
        _put(row.community_id, row.id, questions=[row.question])
    with op.batch_alter_table("application") as batch:
        batch.drop_column("question")


def downgrade() -> None:
    with op.batch_alter_table("application") as batch:
        batch.add_column(sa.Column("question", sa.String(), server_default="", nullable=False))
    for row in op.get_bind().execute(sa.select(_ROWS)).all():
        if row.questions:
            _put(row.community_id, row.id, question="\n".join(row.questions))
    with op.batch_alter_table("application") as batch:
        batch.alter_column("question", server_default=None)
        batch.drop_column("questions")


def _put(community_id: str, number: int, **values: object) -> None:
    here = (_ROWS.c.community_id == community_id, _ROWS.c.id == number)
    op.get_bind().execute(sa.update(_ROWS).where(*here).values(**values))
