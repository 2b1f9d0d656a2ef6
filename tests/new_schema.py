"""A new SQLite database without running all migrations, which takes a fifth of a second."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect

from storage.migrating import migrate


def quick_migrate(migrated: Path) -> Callable[..., None]:
    """Like ``migrate``; an empty database gets, in the same transaction, what is in that file."""
    with closing(sqlite3.connect(migrated)) as made:
        asked = [sql for (sql,) in made.execute("SELECT sql FROM sqlite_master WHERE sql <> ''")]
        (newest,) = made.execute("SELECT version_num FROM alembic_version").fetchone()

    def run(connection: Connection, *, to: str = "head") -> None:
        is_old = to not in ("head", newest) or inspect(connection).get_table_names()
        if is_old or connection.dialect.name != "sqlite":
            migrate(connection, to=to)
            return
        for statement in asked:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (newest,))

    return run
