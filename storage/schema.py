"""Bringing a database to the newest shape, through Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import explain

_LOCK = 4_242_001  # any fixed number: two processes that start at once upgrade one after the other


def upgrade(database: Database) -> None:
    """Apply all missing migrations. Raises DatabaseError when the database refuses."""
    try:
        with database.engine.execution_options(immediate=True).begin() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            command.upgrade(_config(connection), "head")
    except DBAPIError as error:
        raise explain(error) from error


def revisions(database: Database) -> tuple[str | None, str | None]:
    """The database's migration and the newest one. Raises DatabaseError."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), head
    except DBAPIError as error:
        raise explain(error) from error


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
