"""What all tables share: constraint names, UTC times, JSON columns, keys within a community."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKeyConstraint, MetaData, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel
from typing_extensions import override


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time, stored and read as UTC on both databases; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        aware: datetime = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        return aware


Json = JSON().with_variant(JSONB(), "postgresql")


class Table(SQLModel):
    """Base of all tables. Rows of a community have ``community_id`` first in their key."""

    model_config = {"defer_build": True}  # rows are not validated: a start need not prepare for it

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def empty() -> list[Any]:
    """A new list for each row. Of ``list`` itself Pydantic would parse the signature each time."""
    return []


def belongs(column: str, *, to: str) -> ForeignKeyConstraint:
    """The column names a row of the same community, as ``member.id`` does, and goes with it."""
    table = to.partition(".")[0]
    return ForeignKeyConstraint(
        ["community_id", column], [f"{table}.community_id", to], ondelete="CASCADE"
    )
