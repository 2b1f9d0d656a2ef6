"""All rows of a database, and some for every table, made from what the tables say of themselves."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, TypeDecorator, insert, select
from sqlalchemy import Table as SqlTable

from storage.archive import writing
from storage.database import Database
from storage.tables import Table

Row = dict[str, Any]
Rows = dict[str, list[tuple[object, ...]]]

TEXTS = ("", "会计 '; DROP TABLE post; --", "😀 一行\n又一行\t\\", "{}", "null", "\u202e右到左")
VALUES: tuple[Any, ...] = (
    {}, {"a": None, "数": [1, 2.5, True], "深": {"er": "𠮷"}}, [], [{"b": "c"}, 0], {"x": "1e400"},
)  # fmt: skip
NUMBERS = (0, -1, 7, 2**31 - 1)
MOMENT = datetime(2026, 3, 1, 23, 59, 59, 123_456, UTC)


def rows_of(database: Database, *, community: str | None = None) -> Rows:
    found: Rows = {}
    with database.engine.connect() as connection:
        for table in writing.tables(community):
            statement = select(*table.columns).order_by(*table.primary_key.columns)
            if community is not None:
                key = table.c.id if table.name == "community" else table.c.community_id
                statement = statement.where(key == community)
            found[table.name] = [tuple(row) for row in connection.execute(statement)]
    return found


def fill(database: Database, *, communities: tuple[str, ...], each: int) -> None:
    """So many rows in each table for each community, none like another."""
    with database.engine.begin() as connection:
        for table in Table.metadata.sorted_tables:
            rows = [row for one in communities for row in _rows(table, one, each)]
            if table.name == "inbox":  # it is nobody's
                rows = rows[:each]
            if table.name == "community":
                rows = rows[::each]
            for row in rows:
                connection.execute(insert(table).values(row))


def _rows(table: SqlTable, community: str, each: int) -> Iterator[Row]:
    parents = [one for one in table.constraints if isinstance(one, ForeignKeyConstraint)]
    for number in range(1, each + 1):
        row = {one.name: _value(one, number, f"{table.name}{community}") for one in table.columns}
        for parent in parents:
            row |= dict(zip(parent.column_keys, _key_of(parent, community, number), strict=True))
        if "community_id" in row or table.name == "community":
            row["community_id" if "community_id" in row else "id"] = community
        if table.name in ("inbox", "outbox"):
            del row["id"]  # the database gives it
        yield row


def _key_of(parent: ForeignKeyConstraint, community: str, number: int) -> list[Any]:
    """The key of the row with this number in the table that is referred to."""
    referred = parent.referred_table
    named = f"{referred.name}{community}"
    return [
        community
        if one.column.name == "community_id" or referred.name == "community"
        else _value(one.column, number, named)
        for one in parent.elements
    ]


def _value(column: Column[Any], number: int, salt: str) -> Any:
    """Another one for each number; whatever is part of a key tells rows apart."""
    type_ = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    kind, longest = type_.python_type, getattr(type_, "length", None)
    if column.primary_key or column.unique or _is_key(column):
        return number if kind is int else f"{number}:{salt}:{column.name}"[:longest]
    if column.nullable and number % 3 == 0:
        return None
    by_kind: Mapping[type[Any], Any] = {
        datetime: MOMENT + timedelta(days=number, microseconds=number),
        date: date(2026, 2, 28) + timedelta(days=number),
        bool: number % 2 == 0,
        object: VALUES[number % len(VALUES)],  # JSON
        float: (0.1 + 0.2) * number,
        int: NUMBERS[number % len(NUMBERS)],
        str: TEXTS[number % len(TEXTS)][:longest],
    }
    return by_kind[kind]


def _is_key(column: Column[Any]) -> bool:
    """Other tables may refer to it, or it is unique with others."""
    return column.name in {"key", "address", "digest", "unsubscribe"}
