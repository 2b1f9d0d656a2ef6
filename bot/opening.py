"""Opening the database for a command."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy.exc import DBAPIError

from bot.errors import StartError
from storage.database import Database
from storage.errors import DatabaseError, explain


@contextmanager
def open_database(url: str) -> Iterator[Database]:
    """The database, for as long as the block lasts. Whatever is wrong with it is a StartError."""
    try:
        with closing(Database(url)) as database:
            yield database
    except DatabaseError as error:
        raise StartError(error.text) from error
    except DBAPIError as error:  # it went away meanwhile
        raise StartError(explain(error).text) from error
