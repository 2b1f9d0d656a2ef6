"""laoyou db upgrade: bring the database to the newest structure."""

from contextlib import closing

from bot.config import Config
from bot.errors import StartError
from storage import schema
from storage.database import Database
from storage.errors import DatabaseError


def upgrade(config: Config) -> int:
    """Apply all missing migrations and say what was done."""
    try:
        with closing(Database(config.database_url)) as database:
            before, newest = schema.revisions(database)
            schema.upgrade(database)
    except DatabaseError as error:
        raise StartError(error.text) from error
    if before == newest:
        print(f"数据库已经是最新的：{newest}")  # noqa: T201
    else:
        print(f"数据库{f'从 {before} 升级' if before else '建'}好了：{newest}")  # noqa: T201
    return 0
