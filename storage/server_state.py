"""What an operator has to know of a PostgreSQL server, and no error would tell."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import explain

_MAY_CREATE = "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)"
_OTHER_COLLATION = """
    SELECT datcollversion <> pg_database_collation_actual_version(oid)
    FROM pg_database WHERE datname = current_database()
"""


def may_create_tables(database: Database) -> bool:
    """Whether migrations may do what they do: from PostgreSQL 15 on owners alone may."""
    return _ask(database, _MAY_CREATE)


def sorts_differently(database: Database) -> bool:
    """Whether the system sorts texts in another way than when the indexes were made."""
    return _ask(database, _OTHER_COLLATION, since=(15,))  # earlier ones do not remember


def _ask(database: Database, question: str, *, since: tuple[int, ...] = ()) -> bool:
    try:
        with database.engine.connect() as connection:
            if (connection.dialect.server_version_info or ()) < since:
                return False
            return bool(connection.execute(text(question)).scalar())
    except DBAPIError as error:
        raise explain(error) from error
