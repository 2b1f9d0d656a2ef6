"""Keeping, on a PostgreSQL that several processes share, each chat account with exactly one."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

from loguru import logger

from bot.coordination.held_channels import HeldChannel, HeldChannels
from bot.faults import log_fault
from bot.retry import AwayError
from bot.timeouts import in_time
from storage.database import Database
from storage.errors import DatabaseError, told
from storage.listen_connection import ListenConnection, LostError
from storage.presence import new_mark

ROUND = 2.0  # seconds between two looks
PAUSE = 0.5  # before the next try of a connection that is lost
LIMIT = 6.0  # without the database; after ten the server gives us up, and others begin
WORK = 5.0  # for all there is to do in one round; then the connection wants to be looked at again
ENDING = 3.0  # for channels to hang up, before their accounts are given back


@dataclass(frozen=True)
class Work:
    """What there is to do when something changes hands."""

    take_over: Callable[[int], Awaitable[None]]  # a lease is ours; before its channel runs
    adopt: Callable[[], Awaitable[bool]]  # work of dead processes; whether we are alone
    wake_all: Callable[[], Awaitable[None]]
    wake: Callable[[set[str]], None]


class Leases:
    """One connection, looked after all the time. On SQLite there is nothing to share."""

    def __init__(self, database: Database, work: Work) -> None:
        self._database = database
        self._work = work
        self.mark = None if database.is_sqlite else new_mark()
        self._name = f"laoyou {socket.gethostname()[:40]}:{os.getpid()}"
        self._line: ListenConnection | None = None
        self._backend: int | None = None
        self._checked = monotonic()
        self._alone = False
        self._task: asyncio.Task[None] | None = None

    @property
    def alone(self) -> bool:
        """Whether no other process shares the accounts, as far as is known."""
        return self.mark is None or self._alone

    async def enter(self) -> None:
        """Be there for the others to see. Raises DatabaseError."""
        if self.mark is None:
            return
        try:
            await self._open(self.mark)
        except LostError as error:
            raise (
                told(error.__cause__)
                if error.__cause__
                else DatabaseError("数据库没有回应：请检查它是否在运行")
            ) from error

    def begin(self, held_channels: HeldChannels) -> None:
        """Look after them from now on."""
        if self.mark is not None:
            self._task = asyncio.create_task(self._run(self.mark, held_channels), name="leases")
        elif held_channels.asks:
            self._task = asyncio.create_task(self._look(), name="leases")

    async def leave(self, held_channels: HeldChannels) -> None:
        """Hang up, then let the others have what we held, at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        line, self._line = self._line, None
        if line is None:
            return
        held = [one for one in held_channels.leased if one.held.is_set()]
        for held_channel in held:
            held_channel.lose()
        async with asyncio.TaskGroup() as tasks:
            for held_channel in held:
                tasks.create_task(_hang_up(held_channel))
        try:
            await line.leave()
            for held_channel in held:
                logger.info("{}：账号已交还", held_channel.name)
        except LostError:
            logger.debug("the connection ended by itself")
        finally:
            await line.close()

    async def _run(self, mark: int, held_channels: HeldChannels) -> None:
        while True:
            try:
                if self._line is None:
                    await self._come_back(mark, held_channels)
                else:
                    await self._round(self._line, held_channels)
                continue
            except LostError:
                await self._lost(held_channels)
            except (AwayError, TimeoutError):
                logger.debug("leases: not now, the database is away")
            except Exception as error:  # whatever it is, accounts must not stay without a process
                log_fault("leases", error)
            await asyncio.sleep(PAUSE)

    async def _look(self) -> None:
        """Where accounts come and go, though nobody shares them."""
        while True:
            await asyncio.sleep(ROUND)
            try:
                await self._work.wake_all()
            except AwayError:
                logger.debug("leases: not now, the database is away")

    async def _open(self, mark: int) -> ListenConnection:
        line = await ListenConnection.open(
            self._database, name=self._name, mark=mark, former=self._backend
        )
        self._line, self._backend, self._checked = line, line.backend, monotonic()
        return line

    async def _come_back(self, mark: int, held_channels: HeldChannels) -> None:
        """What nobody has taken meanwhile goes on as if nothing had been."""
        self._drop_in_time(held_channels)
        line = await self._open(mark)
        for held_channel in held_channels.leased:
            if held_channel.held.is_set() and not await line.take(held_channel.lease or 0):
                _drop(held_channel)

    async def _round(self, line: ListenConnection, held_channels: HeldChannels) -> None:
        await line.check()
        self._checked = monotonic()
        async with asyncio.timeout(WORK):
            for held_channel in held_channels.leased:
                if not held_channel.held.is_set():
                    await self._try(line, held_channel)
            self._alone = await self._work.adopt()
            if held_channels.asks:
                await self._work.wake_all()
        until = monotonic() + ROUND
        while (left := until - monotonic()) > 0:
            lanes = set(await line.hear(left))
            if "" in lanes:
                return
            self._work.wake(lanes)

    async def _try(self, line: ListenConnection, held_channel: HeldChannel) -> None:
        if held_channel.lease is None or not await line.take(held_channel.lease):
            return
        try:
            await self._work.take_over(held_channel.lease)
        except BaseException:
            await line.give_back(held_channel.lease)
            raise
        held_channel.take()
        logger.info("{}：账号由这个进程（{}）运行", held_channel.name, self._name)
        await self._work.wake_all()

    async def _lost(self, held_channels: HeldChannels) -> None:
        """Held on to for a while: others can hardly have noticed, and may not reach it either."""
        if self._line is not None:
            logger.warning("看管账号的数据库连接断了，正在重连")
            await self._line.close()
            self._line = None
        self._drop_in_time(held_channels)

    def _drop_in_time(self, held_channels: HeldChannels) -> None:
        """Before others begin, if there are any."""
        if not self._alone and monotonic() - self._checked > LIMIT:
            for held_channel in held_channels.leased:
                _drop(held_channel)


def _drop(held_channel: HeldChannel) -> None:
    if held_channel.held.is_set():
        held_channel.lose()
        logger.warning("{}：账号不再由这个进程运行", held_channel.name)


async def _hang_up(held_channel: HeldChannel) -> None:
    if not await in_time(ENDING, held_channel.idle.wait()):
        logger.debug("a channel takes long to hang up")
