"""Bringing a database to the newest shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import BUSY_SECONDS, Database
from storage.errors import DatabaseError, explain

_LOCK = 4_242_001  # any fixed number: two processes that start at once upgrade one after the other
UPGRADE_SECONDS = 60.0  # for what another process does to a SQLite file: all migrations, maybe
_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def upgrade(database: Database) -> None:
    """Apply all missing migrations. Raises DatabaseError when the database refuses."""
    current, newest = revisions(database)
    if current == newest:
        return
    if is_newer(current, newest):
        raise DatabaseError(mismatch_text(current, newest))
    from storage.migrating import migrate  # noqa: PLC0415 – most starts need no Alembic

    try:
        with _exclusive_transaction(database) as connection:
            migrate(connection)
    except DBAPIError as error:
        raise explain(error) from error


def is_newer(current: str | None, newest: str) -> bool:
    """A later version of the program has been at work there: this one must not."""
    return current is not None and current > newest


def mismatch_text(current: str | None, newest: str) -> str:
    """What is to be done before a database of another shape than the newest can be used."""
    if is_newer(current, newest):
        return f"数据库是更新的老友写的（结构版本 {current}，这个程序只认到 {newest}）：请升级程序"
    return "数据库的结构不是最新的：请先运行 laoyou db upgrade"


@contextmanager
def _exclusive_transaction(database: Database) -> Iterator[Connection]:
    """A transaction beside which nobody upgrades."""
    with schema_change(database, lock_timeout=UPGRADE_SECONDS) as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


@contextmanager
def schema_change(
    database: Database, *, lock_timeout: float = BUSY_SECONDS
) -> Iterator[Connection]:
    """A transaction in which tables may be changed.

    SQLite changes a table by making it anew, and would empty all that hangs on the old one: here
    it looks after no foreign keys.
    """
    with database.engine.execution_options(immediate=True).connect() as connection:
        if not database.is_sqlite:
            with connection.begin():
                yield connection
            return
        _set_pragmas(connection, busy_timeout=round(lock_timeout * 1000), foreign_keys="OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            _set_pragmas(connection, busy_timeout=round(BUSY_SECONDS * 1000), foreign_keys="ON")


def _set_pragmas(connection: Connection, **values: object) -> None:
    """Set pragmas past SQLAlchemy, which would begin a transaction: then it would be too late."""
    raw = connection.connection.driver_connection
    assert raw is not None
    for name, value in values.items():
        raw.execute(f"PRAGMA {name} = {value}")


def revisions(database: Database) -> tuple[str | None, str]:
    """The database's migration, None for an empty one, and the newest. Raises DatabaseError."""
    try:
        with database.engine.connect() as connection:
            return _current(connection), newest()
    except DBAPIError as error:
        raise explain(error) from error


def newest() -> str:
    """The last migration there is; their files are named by their numbers, in order."""
    return max(file.name.partition("_")[0] for file in _VERSIONS.glob("[0-9]*_*.py"))


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
