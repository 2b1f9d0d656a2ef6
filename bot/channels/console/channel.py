"""The console channel: everybody who speaks in it sits in one group, ``console:main``."""

import asyncio
import sys
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, Protocol, TextIO

from bot.channels.base import Caps, Feed, Sent
from bot.channels.console.codec import Speaker, parse, render, to_message
from bot.channels.console.pipe import Pipe
from bot.clock import Clock, SystemClock
from bot.finding import Finding
from community.actions import Action, Send

if TYPE_CHECKING:
    from bot.channels.console.terminal import Terminal

NOBODY_YET = Speaker("我")


class Talk(Protocol):
    """The two ends of a conversation."""

    @property
    def colour(self) -> bool:
        """Whether the reader sees colours."""

    async def read(self, speaker: Speaker) -> str | None:
        """The next line; None at the end."""

    async def write(self, text: str) -> None:
        """Print it. Raises OSError when nobody can read it."""


class Console:
    """Lines from a person or a pipe. ``session`` keeps message ids apart over restarts."""

    name = "console"
    caps = Caps(can_quote=False, paced=False)
    address: str | None = None

    def __init__(
        self,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
        *,
        clock: Clock | None = None,
        session: str | None = None,
    ) -> None:
        self._stdin = sys.stdin if stdin is None else stdin
        self._stdout = sys.stdout if stdout is None else stdout
        self._clock = clock or SystemClock()
        self._session = session or token_hex(6)
        self._numbers = count(1)
        self._closed = asyncio.Event()
        self._terminal = _terminal() if self._interactive() else None
        self._talk: Talk = self._terminal or Pipe(self._stdin, self._stdout)

    def reaches(self, target: str) -> bool:
        """Everybody sits here."""
        del target
        return True

    async def run(self, feed: Feed) -> None:
        """Feed line by line, until the input ends or nobody reads the output any more."""
        speaker = NOBODY_YET
        with self._guarded():
            while (line := await self._next(speaker)) is not None:
                speaker, text = parse(line, speaker)
                if text:
                    await feed(
                        to_message(speaker, text, key=self._key("in"), time=self._clock.now())
                    )

    async def perform(self, action: Action) -> Sent:
        """Print what the bot says."""
        if not isinstance(action, Send) or not action.target.startswith("console:"):
            return Sent("refused", detail="控制台做不到")
        if self._closed.is_set():
            return Sent("refused", detail="输出已关闭")
        try:
            await self._talk.write(render(action, colour=self._talk.colour))
        except (OSError, ValueError):  # ValueError: the stream was closed on our side
            self._closed.set()
            return Sent("refused", detail="输出已关闭")
        return Sent("sent", self._key("out"))

    async def check(self) -> list[Finding]:
        """Look whether both ends are open."""
        if _is_open(self._stdin) and _is_open(self._stdout):
            how = "从终端对话" if self._terminal else "逐行读取标准输入"
            return [Finding(ok=True, text=f"控制台：{how}")]
        fix = "在终端里运行，或用管道送入文字"
        return [Finding(ok=False, text="控制台：标准输入或标准输出是关着的", fix=fix)]

    async def _next(self, speaker: Speaker) -> str | None:
        """The next line; None at the end of either end."""
        reading = asyncio.ensure_future(self._talk.read(speaker))
        closing = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait((reading, closing), return_when=asyncio.FIRST_COMPLETED)
            return None if closing.done() else reading.result()
        finally:
            reading.cancel()
            closing.cancel()
            await asyncio.gather(reading, closing, return_exceptions=True)

    def _key(self, kind: str) -> str:
        return f"{self._session}-{kind}-{next(self._numbers)}"

    def _interactive(self) -> bool:
        own = self._stdin is sys.stdin and self._stdout is sys.stdout
        return own and _is_tty(self._stdin) and _is_tty(self._stdout)

    def _guarded(self) -> AbstractContextManager[None]:
        return self._terminal.guarded() if self._terminal else nullcontext()


def _terminal() -> "Terminal":
    from bot.channels.console.terminal import Terminal  # noqa: PLC0415 – for people, not for pipes

    return Terminal()


def _is_open(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed


def _is_tty(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()
