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
from storage.errors import DatabaseError, explain_cause
from storage.listen_connection import ListenConnection, LostError
from storage.presence import new_instance_id

ROUND_INTERVAL = 2.0  # seconds between two looks
RETRY_DELAY = 0.5  # before the next try of a connection that is lost
LEASE_TIMEOUT = 6.0  # without the database; after ten the server gives us up, and others begin
ROUND_TIMEOUT = 5.0  # for all work of one round; then the connection has to be checked again
IDLE_TIMEOUT = 3.0  # for channels to hang up, before their accounts are given back


@dataclass(frozen=True)
class LeaseCallbacks:
    """What is called when leases change hands."""

    take_over: Callable[[int], Awaitable[None]]  # a lease is ours; before its channel runs
    adopt: Callable[[], Awaitable[bool]]  # work of dead processes; whether we are alone
    wake_all: Callable[[], Awaitable[None]]
    wake: Callable[[set[str]], None]


class Leases:
    """Holds leases on one connection, which it keeps up. On SQLite there is nothing to share."""

    def __init__(self, database: Database, callbacks: LeaseCallbacks) -> None:
        self._database = database
        self._callbacks = callbacks
        self.instance_id = None if database.is_sqlite else new_instance_id()
        self._name = f"laoyou {socket.gethostname()[:40]}:{os.getpid()}"
        self._connection: ListenConnection | None = None
        self._backend: int | None = None
        self._checked = monotonic()
        self._alone = False
        self._task: asyncio.Task[None] | None = None

    @property
    def alone(self) -> bool:
        """Whether no other process shares the accounts, as far as is known."""
        return self.instance_id is None or self._alone

    async def connect(self) -> None:
        """Connect, and lock the instance id, which others see. Raises DatabaseError."""
        if self.instance_id is None:
            return
        try:
            await self._connect(self.instance_id)
        except LostError as error:
            raise (
                explain_cause(error.__cause__)
                if error.__cause__
                else DatabaseError("数据库没有回应：请检查它是否在运行")
            ) from error

    def start(self, held_channels: HeldChannels) -> None:
        """Acquire and keep the leases in the background."""
        if self.instance_id is not None:
            self._task = asyncio.create_task(
                self._run(self.instance_id, held_channels), name="leases"
            )
        elif held_channels.depends_on_connections:
            self._task = asyncio.create_task(self._poll(), name="leases")

    async def stop(self, held_channels: HeldChannels) -> None:
        """Stop the channels, then release their leases at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        connection, self._connection = self._connection, None
        if connection is None:
            return
        held = [one for one in held_channels.leased if one.held.is_set()]
        for held_channel in held:
            held_channel.release()
        async with asyncio.TaskGroup() as tasks:
            for held_channel in held:
                tasks.create_task(_wait_until_idle(held_channel))
        try:
            await connection.unlock_all()
            for held_channel in held:
                logger.info("{}：账号已交还", held_channel.name)
        except LostError:
            logger.debug("the connection ended by itself")
        finally:
            await connection.close()

    async def _run(self, instance_id: int, held_channels: HeldChannels) -> None:
        while True:
            try:
                if self._connection is None:
                    await self._reconnect(instance_id, held_channels)
                else:
                    await self._round(self._connection, held_channels)
                continue
            except LostError:
                await self._on_connection_lost(held_channels)
            except (AwayError, TimeoutError):
                logger.debug("leases: not now, the database is away")
            except Exception as error:  # whatever it is, accounts must not stay without a process
                log_fault("leases", error)
            await asyncio.sleep(RETRY_DELAY)

    async def _poll(self) -> None:
        """Wake all lanes from time to time where routes change, though no leases are shared."""
        while True:
            await asyncio.sleep(ROUND_INTERVAL)
            try:
                await self._callbacks.wake_all()
            except AwayError:
                logger.debug("leases: not now, the database is away")

    async def _connect(self, instance_id: int) -> ListenConnection:
        connection = await ListenConnection.open(
            self._database, name=self._name, instance_id=instance_id, previous_pid=self._backend
        )
        self._connection, self._backend = connection, connection.backend_pid
        self._checked = monotonic()
        return connection

    async def _reconnect(self, instance_id: int, held_channels: HeldChannels) -> None:
        """Connect again, and keep the leases that nobody has acquired meanwhile."""
        self._drop_expired(held_channels)
        connection = await self._connect(instance_id)
        for held_channel in held_channels.leased:
            if held_channel.held.is_set() and not await connection.try_lock(
                held_channel.lease or 0
            ):
                _release_lost(held_channel)

    async def _round(self, connection: ListenConnection, held_channels: HeldChannels) -> None:
        await connection.check()
        self._checked = monotonic()
        async with asyncio.timeout(ROUND_TIMEOUT):
            for held_channel in held_channels.leased:
                if not held_channel.held.is_set():
                    await self._try_acquire(connection, held_channel)
            self._alone = await self._callbacks.adopt()
            if held_channels.depends_on_connections:
                await self._callbacks.wake_all()
        until = monotonic() + ROUND_INTERVAL
        while (left := until - monotonic()) > 0:
            lanes = set(await connection.wait_for_notifications(left))
            if "" in lanes:
                return
            self._callbacks.wake(lanes)

    async def _try_acquire(self, connection: ListenConnection, held_channel: HeldChannel) -> None:
        if held_channel.lease is None or not await connection.try_lock(held_channel.lease):
            return
        try:
            await self._callbacks.take_over(held_channel.lease)
        except BaseException:
            await connection.unlock(held_channel.lease)
            raise
        held_channel.acquire()
        logger.info("{}：账号由这个进程（{}）运行", held_channel.name, self._name)
        await self._callbacks.wake_all()

    async def _on_connection_lost(self, held_channels: HeldChannels) -> None:
        """Keep the leases for a while: others can hardly have noticed, or are cut off as well."""
        if self._connection is not None:
            logger.warning("看管账号的数据库连接断了，正在重连")
            await self._connection.close()
            self._connection = None
        self._drop_expired(held_channels)

    def _drop_expired(self, held_channels: HeldChannels) -> None:
        """Drop all leases after LEASE_TIMEOUT, before others acquire them, if there are any."""
        if not self._alone and monotonic() - self._checked > LEASE_TIMEOUT:
            for held_channel in held_channels.leased:
                _release_lost(held_channel)


def _release_lost(held_channel: HeldChannel) -> None:
    if held_channel.held.is_set():
        held_channel.release()
        logger.warning("{}：账号不再由这个进程运行", held_channel.name)


async def _wait_until_idle(held_channel: HeldChannel) -> None:
    if not await in_time(IDLE_TIMEOUT, held_channel.idle.wait()):
        logger.debug("a channel takes long to hang up")
