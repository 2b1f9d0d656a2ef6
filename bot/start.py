"""Putting a bot together from its configuration, and running it as a process."""

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from socket import socket
from typing import NoReturn

from loguru import logger

from bot.analysing import Analysers
from bot.app import App
from bot.channels.build import build
from bot.channels.playground.sample import settings
from bot.clock import SystemClock
from bot.config import Config
from bot.errors import StartError
from bot.opening import database_at
from bot.parts import Parts
from bot.web import listening, serving
from community.settings import Settings
from handlers.framework.discovery import FeatureClashError, Features, discover
from storage import schema
from storage.database import Database
from storage.presence import sole_use
from storage.queries import inbox, rooms

_NEW_OBJECTS = 10_000  # Python's own 700 would look for garbage ten times while a message is read


def run(config: Config) -> int:
    """Run until the input ends or the process is told to stop. Raises StartError."""
    features = _features()
    with database_at(config.database_url) as database, sole_use(database):
        schema.upgrade(database)
        database.probe()
        asyncio.run(_run(config, database, features))
    return 0


async def _run(config: Config, database: Database, features: Features) -> None:
    with listening(config) as (reached, taken):
        await _serve(reached, database, features, taken)
    logger.info("已停止")


async def _serve(
    config: Config, database: Database, features: Features, taken: socket | None
) -> None:
    clock = SystemClock()
    channels = build(config, clock=clock, since=_Newest(database), memory=_Rooms(database))
    parts = Parts(
        database=database,
        settings=(*config.settings, *_samples(config)),
        channels=channels,
        features=features,
        analysers=Analysers.watching(config.lexicon_folder),
        clock=clock,
        outbox=config.outbox,
        alerts=config.alerts.mail,
        proofs=config.proofs_folder,
    )
    app = App(parts)
    with _stop_signals(app.halt) as stop:
        async with serving(config, parts, app, taken):
            try:
                await app.start()
                spare_the_collector()
                _tell(config)
                await app.serve(stop)
            finally:
                await app.stop()
                if app.hanging:
                    _leave_the_thread()


def _tell(config: Config) -> None:
    counted = len(config.communities), len(config.channels)
    logger.info("已启动：{} 个社群，{} 个渠道", *counted)
    if config.has_playground:
        logger.info("试玩：在浏览器里打开 {}/play", config.web.public_url.rstrip("/"))


def _samples(config: Config) -> tuple[Settings, ...]:
    """The community of the playground, where there is one."""
    return (settings(config.web.public_url.rstrip("/")),) if config.has_playground else ()


def spare_the_collector() -> None:
    """What is loaded stays loaded: the lexicon's many objects need no looking through, ever.

    Collecting, which the command line had put off until now, begins with what comes after them,
    and only when more has come than the analyses that one message reads and drops again.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()


def _features() -> Features:
    try:
        return discover()
    except FeatureClashError as clash:
        raise StartError(f"两个功能用了同一个口令：{clash}") from clash


def _leave_the_thread() -> NoReturn:
    """Python would wait for a handler that hangs, for ever. Its transaction never took place."""
    logger.error("有一条消息一直没处理完，不再等它")
    sys.stdout.flush()
    os._exit(1)


class _Newest:
    """When a group was heard last, as the inbox knows. Called in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, group: str) -> datetime | None:
        with self._database.read() as session:
            return inbox.newest(session, lane=group)


class _Rooms:
    """Which room of WeChat a topic was found to be. Called in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, group: str) -> str | None:
        with self._database.read() as session:
            return rooms.native_id(session, address=group)

    def keep(self, group: str, room: str) -> None:
        with self._database.begin() as session:
            rooms.keep(session, address=group, native_id=room)


@contextlib.contextmanager
def _stop_signals(halt: Callable[[], None]) -> Iterator[asyncio.Event]:
    """Set by the first Ctrl-C or SIGTERM, also while the bot starts; a second one ends the process
    at once.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def ask() -> None:
        logger.info("正在停止：做完手上的事就退出")
        stop.set()
        halt()
        restore()

    def restore() -> None:
        for one in caught:
            loop.remove_signal_handler(one)
        caught.clear()

    caught = {signal.SIGINT, signal.SIGTERM}
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises, as everywhere
        for one in caught:
            loop.add_signal_handler(one, ask)
    try:
        yield stop
    finally:
        restore()
