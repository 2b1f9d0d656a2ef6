"""Standard input and output as a test needs them."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from bot.channels.base import Feed
from bot.channels.console import Console
from community.actions import Send, Text
from community.updates import Message, Update


class Collected:
    """A door that remembers who came through, and a bot that answers each."""

    def __init__(self, console: Console | None = None) -> None:
        self.messages: list[Message] = []
        self._console = console

    async def feed(self, update: Update) -> None:
        """Take an update; answer when there is a console to answer on."""
        assert isinstance(update, Message)
        self.messages.append(update)
        if self._console is not None:
            private = None if update.group else update.sender.account
            words = (Text(text=f"收到 {update.text}"),)
            await self._console.perform(Send(group=update.group, account=private, segments=words))

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [message.text for message in self.messages]


async def no_feed(_update: Update) -> None:
    """A door that nobody should come through."""
    raise AssertionError("nothing was typed")


NO_FEED: Feed = no_feed


@contextmanager
def pipe() -> Iterator[tuple[TextIO, TextIO]]:
    """Both ends of a real pipe: what is written to the second can be read from the first."""
    reading, writing = os.pipe()
    with open(reading, encoding="utf-8") as output, open(writing, "w", encoding="utf-8") as entry:
        yield output, entry


def typed(*lines: str) -> io.StringIO:
    """Input in memory."""
    return io.StringIO("".join(f"{line}\n" for line in lines))
