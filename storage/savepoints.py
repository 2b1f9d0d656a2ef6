"""Savepoints, told to the driver: SQLAlchemy would compile the words anew for each of them."""

from sqlalchemy import Connection, Dialect

from storage.queries.ready import drive


def quicken(dialect: Dialect) -> None:
    """From now on this is how savepoints of its engine begin and end."""
    dialect.do_savepoint = _begin  # type: ignore[method-assign]
    dialect.do_rollback_to_savepoint = _roll_back  # type: ignore[method-assign]
    dialect.do_release_savepoint = _release  # type: ignore[method-assign]


def _begin(connection: Connection, name: str) -> None:
    drive(connection, f"SAVEPOINT {name}", ())


def _roll_back(connection: Connection, name: str) -> None:
    drive(connection, f"ROLLBACK TO SAVEPOINT {name}", ())


def _release(connection: Connection, name: str) -> None:
    drive(connection, f"RELEASE SAVEPOINT {name}", ())
