"""One child process as the bot sees it: calls go in, their answers and events come out."""

import asyncio
import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loguru import logger

from bot.channels.untrusted import Fields
from bot.channels.wechaty.protocol import LONGEST, read, write

_MODULE = "bot.channels.wechaty.child"
_SOURCE = Path(__file__).parents[3]
_EXTRA_TIMEOUT = 2.0  # seconds that the child has beyond the gateway's own time for an answer
_START = 30.0  # seconds for the child to say its first word: importing wechaty takes a while
_EXIT_TIMEOUT = 2.0
_WORDS = 200  # of an explanation; gateways append whole stack traces


@dataclass(frozen=True)
class Address:
    """Where the gateway is, and how long things may take there, in seconds."""

    endpoint: str
    token: str
    timeout: float = 15.0  # for one answer
    ping_interval: float = 30.0  # between two looks whether it still answers
    silence_timeout: float = 90.0  # without any sign of life, after which the child is ended
    takes_over: bool = True  # from another client that listens to the gateway


@dataclass(frozen=True)
class Answer:
    """How a call ended. ``silent``: asked, but no answer came. ``offline``: never asked."""

    state: Literal["ok", "refused", "silent", "offline"]
    data: object = None
    detail: str = ""


OFFLINE = Answer("offline", detail="没有连接")


class UnansweredError(Exception):
    """What was announced could not be fetched, and is to be asked for again."""


class Link:
    """Reads what the child writes. Events wait in ``events``; None is the last one."""

    def __init__(self, process: asyncio.subprocess.Process, address: Address) -> None:
        self.events: asyncio.Queue[Fields | None] = asyncio.Queue()
        self.closed = False
        self._process = process
        self._address = address
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Answer]] = {}

    async def read(self) -> Fields:
        """Read until the child ends; gives its last line: why it has ended."""
        try:
            return await self._read()
        finally:
            self.closed = True
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_result(Answer("silent", detail="连接断开，没有等到回应"))
            self.events.put_nowait(None)

    async def call(self, name: str, **asked: object) -> Answer:
        """Ask for something. Never raises for trouble of the other side."""
        if self.closed or self._process.stdin is None:
            return OFFLINE
        number = next(self._numbers)
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        try:
            self._process.stdin.write(write({"call": number, "name": name, **asked}))
            async with asyncio.timeout(self._address.timeout + _EXTRA_TIMEOUT):
                return await waiting
        except TimeoutError:
            return Answer("silent", detail="没有等到回应")
        finally:
            del self._waiting[number]

    async def _read(self) -> Fields:
        if self._process.stdout is None:
            raise ValueError("the child was started without a pipe")
        silence = max(self._address.silence_timeout, _START)
        while True:
            try:
                async with asyncio.timeout(silence):
                    line = await self._process.stdout.readline()
            except TimeoutError:
                return {"ended": "hung"}
            silence = self._address.silence_timeout
            found = read(line)
            if not line or "ended" in found:
                return found or {"ended": "broken", "detail": "连接进程意外退出"}
            self._take(found)

    def _take(self, line: Fields) -> None:
        if "event" in line:
            if line["event"] != "alive":
                self.events.put_nowait(line)
            return
        number = line.get("answer")
        waiting = self._waiting.get(number) if isinstance(number, int) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(_answer(line))


def _answer(line: Fields) -> Answer:
    detail = str(line.get("detail") or "").partition("\n")[0][:_WORDS]
    match line.get("trouble"):
        case "refused":
            return Answer("refused", detail=detail)
        case "silent":
            return Answer("silent", detail=detail)
        case "offline":
            return Answer("offline", detail=detail)
    return Answer("ok", line.get("result"))


async def fetch(link: Link, name: str, **asked: object) -> Answer:
    """Ask for what was announced. Raises UnansweredError."""
    answer = await link.call(name, **asked)
    if answer.state in ("silent", "offline"):
        raise UnansweredError
    return answer


@contextlib.asynccontextmanager
async def opened(address: Address) -> AsyncIterator[Link]:
    """A child process, in a folder of its own that is gone when it is."""
    with (
        tempfile.TemporaryDirectory(prefix="laoyou-wechaty-") as folder,
        tempfile.TemporaryFile() as stderr,
    ):
        process = await _started(folder, stderr.fileno())
        if process.stdin is None:
            raise ValueError("the child was started without a pipe")
        process.stdin.write(write(_settings(address)))
        try:
            yield Link(process, address)
        finally:
            await _end(process)
            stderr.seek(0)
            if words := stderr.read():
                logger.debug("wechaty: the child wrote {}", words[-2000:].decode(errors="replace"))


async def _started(folder: str, stderr: int) -> asyncio.subprocess.Process:
    path = os.pathsep.join(filter(None, (str(_SOURCE), os.environ.get("PYTHONPATH"))))
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # no module is looked for in the folder
        "-m",
        _MODULE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": folder},
        limit=LONGEST,
        start_new_session=True,  # Ctrl-C is for the bot, which still has things to send
    )


def _settings(address: Address) -> Fields:
    return {
        "endpoint": address.endpoint,
        "token": address.token,
        "timeout": address.timeout,
        "ping_interval": address.ping_interval,
        "takes_over": address.takes_over,
    }


async def _end(process: asyncio.subprocess.Process) -> None:
    """Close its input, which asks it to end; then end it."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_EXIT_TIMEOUT):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
