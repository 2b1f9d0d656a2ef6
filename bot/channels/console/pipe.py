"""Plain text streams: one line in, one block of lines out."""

import asyncio
import os
from typing import TextIO

from bot.channels.console.codec import Speaker
from bot.channels.console.threads import in_thread


class Pipe:
    """Reads and writes without holding up anything else."""

    colour = False

    def __init__(self, stdin: TextIO | None, stdout: TextIO | None) -> None:
        self._stdin = None if stdin is None else _private(stdin)
        self._stdout = stdout
        self._writing = asyncio.Lock()

    async def read(self, _speaker: Speaker) -> str | None:
        """The next line; None at the end."""
        if self._stdin is None:
            return None
        try:
            return await in_thread(self._stdin.readline) or None
        except (OSError, ValueError):  # closed, or the terminal behind it has gone
            return None

    async def write(self, text: str) -> None:
        """Print it whole. Raises OSError when nobody can read it."""
        async with self._writing:
            await in_thread(lambda: _put(self._stdout, text))


def _private(stream: TextIO) -> TextIO:
    """A reader of our own on the same file, where there is one.

    A thread that still waits inside ``sys.stdin`` would hold its lock, which the interpreter
    needs to end. And bytes that are no UTF-8 must not end the bot.
    """
    number = _number(stream)
    if number is None:
        return stream
    return open(number, encoding="utf-8", errors="replace", closefd=False)


def _put(stream: TextIO | None, text: str) -> None:
    if stream is None or stream.closed:
        raise BrokenPipeError
    number = _number(stream)
    if number is None:
        stream.write(text)
        stream.flush()
        return
    stream.flush()
    rest = memoryview(text.encode(stream.encoding or "utf-8", "replace"))
    while rest:  # past the stream's own buffer, which would complain again at the very end
        rest = rest[os.write(number, rest) :]


def _number(stream: TextIO) -> int | None:
    """The number that the system knows the stream by; None for one in memory."""
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None
