"""Which process runs which chat account, where several share a PostgreSQL."""

from contextlib import closing

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.channels.build import build_one
from bot.clock import SystemClock
from bot.config import Config
from bot.coordination.held_channels import HeldChannel
from bot.errors import StartError
from bot.finding import Finding
from storage.database import Database
from storage.presence import is_instance_id, lock_holders


def check(config: Config) -> list[Finding]:
    """A line for each account, and one for the processes. Nothing of SQLite."""
    if make_url(config.database_url).get_backend_name() == "sqlite":
        return []
    try:
        channels = [build_one(one, config, clock=SystemClock()) for one in config.channels]
        with closing(Database(config.database_url)) as database, database.read() as session:
            present = lock_holders(session)
    except (StartError, DBAPIError):  # other checks tell
        return []
    names = sorted(name for number, name in present.items() if is_instance_id(number))
    found = [Finding(ok=True, text=f"进程：{'、'.join(names) or '没有在运行的'}")]
    for held_channel in (HeldChannel(channel, shared=True) for channel in channels):
        if held_channel.lease is not None:
            who = present.get(held_channel.lease)
            text = f"账号：{held_channel.name} " + (
                f"由 {who} 运行" if who else "现在没有进程在运行"
            )
            found.append(Finding(ok=True, text=text))
    return found
