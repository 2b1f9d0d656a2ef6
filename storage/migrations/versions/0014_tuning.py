"""What was measured of a match, and weights of a community's own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Of matches of before nobody knows what was measured."""
    for table in ("match", "label"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("features", _JSON, nullable=True))
    op.create_table(
        "tuning",
        sa.Column("community_id", sa.String(64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shifts", _JSON, nullable=False),
        sa.Column("weights", sa.String(64), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("last_label_id", sa.Integer(), nullable=False),
        sa.Column("gains", _JSON, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_tuning_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_tuning")),
    )


def downgrade() -> None:
    op.drop_table("tuning")
    for table in ("label", "match"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("features")
