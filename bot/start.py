"""Putting a bot together from its configuration, and running it."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from socket import socket

from loguru import logger

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.build import build
from bot.channels.onebot.fields import number
from bot.channels.onebot.pool import AccountPool
from bot.channels.onebot.watermarks import OLDEST
from bot.channels.playground.sample import settings
from bot.clock import Clock, SystemClock
from bot.config import Config
from bot.dependencies import Dependencies
from bot.errors import StartError
from bot.opening import open_database
from bot.process import force_exit, stop_signals, tune_garbage_collection
from bot.stored_quotes import StoredQuotes
from bot.webserver.server import listening, serving
from community.settings import Settings
from handlers.framework.discovery import FeatureClashError, Features, discover
from storage import schema
from storage.database import Database
from storage.errors import is_away
from storage.presence import exclusive_use
from storage.queries.traffic import bot_accounts, inbox, rooms


def run(config: Config) -> int:
    """Run until the input ends or the process is told to stop. Raises StartError."""
    features = _features()
    with open_database(config.database_url) as database, exclusive_use(database):
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
    channels = build(
        config,
        clock=clock,
        since=LastHeard(database),
        room_store=_StoredRooms(database),
        pool=account_pool(database, groups=config.all_groups, clock=clock),
        quote_store=StoredQuotes(database),
    )
    dependencies = Dependencies(
        database=database,
        settings=(*config.settings, *_playground_settings(config)),
        channels=channels,
        features=features,
        analysers=Analysers.from_folder(config.lexicon_folder),
        clock=clock,
        outbox=config.outbox,
        alerts=config.alerts.mail,
        retention=config.retention,
        proofs=config.proofs_folder,
    )
    app = App(dependencies)
    with stop_signals(app.halt) as stop:
        async with serving(config, dependencies, app, taken):
            try:
                await app.start()
                tune_garbage_collection()
                _log_started(config)
                await app.serve(stop)
            finally:
                await app.stop()
                if app.hanging:
                    force_exit()


def _log_started(config: Config) -> None:
    counted = len(config.communities), len(config.channels)
    logger.info("已启动：{} 个社群，{} 个渠道", *counted)
    if config.has_playground:
        logger.info("试玩：在浏览器里打开 {}/play", config.web.public_url.rstrip("/"))


def _playground_settings(config: Config) -> tuple[Settings, ...]:
    """The community of the playground, where there is one."""
    if not config.has_playground:
        return ()
    sample = settings(config.web.public_url.rstrip("/"))
    return (sample.model_copy(update={"anonymous": config.anonymous_key}),)


def _features() -> Features:
    try:
        return discover()
    except FeatureClashError as clash:
        raise StartError(f"两个功能用了同一个指令：{clash}") from clash


def account_pool(database: Database, *, groups: Collection[str], clock: Clock) -> AccountPool:
    """One that knows what was said last: whichever account is back first finds it in its history,
    with an id of its own.
    """
    pool = AccountPool(StoredAccounts(database, clock))
    lanes = [group for group in groups if number(group) is not None]
    if not lanes:
        return pool
    with database.read() as session:
        for said in inbox.said_since(session, lanes=lanes, since=clock.now() - OLDEST):
            pool.remember_message(*said)
    return pool


class LastHeard:
    """When a group was heard last, as the inbox knows. Called in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, group: str) -> datetime | None:
        with self._database.read() as session:
            return inbox.newest(session, lane=group)


class StoredAccounts:
    """The bot's accounts, also those of earlier runs and of other processes on the database. Called
    in a thread.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, connected: Collection[str]) -> set[str] | None:
        try:
            with self._database.begin() as session:
                return bot_accounts.share(session, connected=connected, now=self._clock.now())
        except Exception as error:  # the next look will tell; the connection shall not wait for it
            if not is_away(error):
                raise
            return None


class _StoredRooms:
    """Which room of WeChat a topic was found to be. Called in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, group: str) -> str | None:
        with self._database.read() as session:
            return rooms.native_id(session, address=group)

    def save(self, group: str, room: str) -> None:
        with self._database.begin() as session:
            rooms.keep(session, address=group, native_id=room)
