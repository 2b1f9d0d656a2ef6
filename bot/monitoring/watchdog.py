"""Looking every minute for what admins should know: each trouble is told once, and its end once."""

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from loguru import logger

from bot.clock import Clock
from bot.disk import DiskUsage, least_free
from bot.monitoring.alarm import Alarm, platform
from bot.retry import Retry
from storage.database import Database
from storage.queries.traffic import outbox
from storage.queries.traffic.queue_depth import QueueDepth

MAX_DELAY = timedelta(minutes=30)
OUTAGE = timedelta(minutes=5)
MAX_DISCONNECTED = timedelta(minutes=10)
_HYSTERESIS = 1.2  # so much more than the least must be free again; files come and go

_WAITING = (
    "老友提醒：{channel}渠道有消息等了半个多小时还没发出去。"
    "请看看机器人的账号是否在线；群里一下子消息太多、到了每小时的上限时也会这样。"
)
_MOVING = "老友提醒：{channel}渠道等着的消息都在半小时以内了。"
_GONE = (
    "老友提醒：{channel}渠道连不上已经超过 10 分钟，群里说的话收不到，要说的话发不出去。"
    "请看看 NapCat 或微信网关是否在运行、机器人的账号是否掉线。"
)
_BACK = "老友提醒：{channel}渠道又连上了。"
_DISK = (
    "老友提醒：数据库所在的磁盘快满了。满了之后什么都记不下来。"
    "请腾出空间：旧备份、旧日志、别的程序的文件。"
)
_ROOM = "老友提醒：数据库所在的磁盘又有空间了。"
_AWAY = "老友提醒：数据库有 {minutes} 分钟用不了，现在恢复了。这段时间收到的消息会陆续处理。"


@dataclass(frozen=True)
class Trouble:
    """One trouble that may last, in its words; ``channel`` where it is about one."""

    begins: str
    ends: str
    channel: str = ""


class Watchdog:
    """``channels``: those that run here; letters for others wait for a run that has them.

    ``disconnected``: those of them that do not reach their platform now.
    """

    def __init__(
        self,
        *,
        alarm: Alarm,
        retry: Retry,
        database: Database,
        channels: frozenset[str],
        halted: Callable[[], frozenset[str]],
        disconnected: Callable[[], Collection[str]],
        clock: Clock,
        usage: DiskUsage = shutil.disk_usage,
    ) -> None:
        self._alarm = alarm
        self._retry = retry
        self._database = database
        self._channels = channels
        self._halted = halted
        self._find_disconnected = disconnected
        self._disconnected_since: dict[str, datetime] = {}
        self._clock = clock
        self._usage = usage
        self._folder = _folder_of(database)
        self._reported: set[Trouble] = set()

    async def check(self) -> set[str]:
        """Tell what is new; gives the lanes that have a message now. Raises AwayError."""
        lanes = await self._alarm.clear(self._halted())
        outage = self._retry.pop_longest_outage()
        if outage >= OUTAGE:
            minutes = round(outage / timedelta(minutes=1))
            lanes |= await self._alarm.notify(_AWAY.format(minutes=minutes))
        troubles = {*self._disconnected(), *await self._delayed(), *self._disk_full()}
        for trouble in troubles - self._reported:
            logger.error("{}", trouble.begins)
            lanes |= await self._alarm.notify(
                trouble.begins, about=trouble.channel, bypass_outbox=trouble.channel
            )
            self._reported.add(trouble)
        for trouble in self._reported - troubles:
            logger.info("{}", trouble.ends)
            lanes |= await self._alarm.notify(trouble.ends, about=trouble.channel)
            self._reported.discard(trouble)
        return lanes

    def _disconnected(self) -> list[Trouble]:
        """A break of some minutes mends itself: an implementation is started anew."""
        away, now = self._find_disconnected(), self._clock.now()
        self._disconnected_since = {name: self._disconnected_since.get(name, now) for name in away}
        return [
            _trouble(_GONE, _BACK, channel)
            for channel, since in sorted(self._disconnected_since.items())
            if now - since >= MAX_DISCONNECTED
        ]

    async def _delayed(self) -> list[Trouble]:
        before = self._clock.now() - MAX_DELAY
        queues = await self._retry.once(self._queues)
        return [
            _trouble(_WAITING, _MOVING, channel)
            for channel, waiting in sorted(queues.items())
            if channel in self._channels and waiting.oldest and waiting.oldest < before
        ]

    def _queues(self) -> dict[str, QueueDepth]:
        with self._database.read() as session:
            return outbox.queues(session)

    def _disk_full(self) -> list[Trouble]:
        trouble = Trouble(_DISK, _ROOM)
        if self._folder is None:
            return []
        try:
            total, _, free = self._usage(self._folder)
        except OSError:  # whatever this is, it is told as trouble of the database
            return [trouble] if trouble in self._reported else []
        least = least_free(total)
        return [trouble] if free < least * (_HYSTERESIS if trouble in self._reported else 1) else []


def _trouble(begins: str, ends: str, channel: str) -> Trouble:
    name = platform(channel)
    return Trouble(begins.format(channel=name), ends.format(channel=name), channel)


def _folder_of(database: Database) -> Path | None:
    """Where a SQLite file lies; a server's disk cannot be seen from here."""
    file = database.engine.url.database
    if not database.is_sqlite or not file or file.startswith("file:"):
        return None
    return Path(file).parent
