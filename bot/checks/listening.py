"""The port of the web pages, on which QQ may dial us as well."""

from contextlib import closing

from sqlalchemy.exc import DBAPIError

from bot.config import Config, OneBotConfig
from bot.finding import Finding
from storage.database import Database, database_exists
from storage.errors import DatabaseError
from storage.presence import is_running
from web.listening import BusyError, ListenError, bound


def check(config: Config) -> list[Finding]:
    """Whether the bot could listen there. Nothing where it would do without, or elsewhere."""
    dialled = any(isinstance(one, OneBotConfig) and one.url is None for one in config.channels)
    if not dialled and "web" not in config.model_fields_set:
        return []
    try:
        bound(config.web.host, config.web.port).close()
    except BusyError as error:
        if _is_running(config.database_url):  # the port is its own
            return [Finding(ok=True, text=f"端口：{config.web.listen}，老友正在运行")]
        return [Finding.wrong(str(error))]
    except ListenError as error:
        return [Finding.wrong(str(error), fix="检查 web.listen")]
    return [Finding(ok=True, text=f"端口：{config.web.listen} 可以监听")] if dialled else []


def _is_running(url: str) -> bool:
    if not database_exists(url):
        return False
    try:
        with closing(Database(url)) as database:
            return is_running(database)
    except (DatabaseError, DBAPIError):  # another check tells
        return False
