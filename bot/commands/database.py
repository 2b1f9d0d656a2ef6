"""laoyou db upgrade: bring the database to the newest structure."""

from bot.config import Config
from bot.opening import open_database
from storage import schema


def upgrade(config: Config) -> int:
    """Apply all missing migrations and say what was done. StartError."""
    with open_database(config.database_url) as database:
        before, newest = schema.revisions(database)
        schema.upgrade(database)
    if before == newest:
        print(f"数据库已经是最新的：{newest}")
    else:
        print(f"数据库{f'从 {before} 升级' if before else '建'}好了：{newest}")
    return 0
