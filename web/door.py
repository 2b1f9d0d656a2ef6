"""How the pages reach the community: the same rooms that the chat's handlers work in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from community.overrides import current_settings, locked_settings
from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.database import Database
from storage.queries.traffic import outbox
from web.playground import Playground

ChannelState = Literal["connected", "offline", "paused"]
"""``paused``: its breaker is open after failures."""

VIA = "web"  # what the audit says of a change that was made on a page


@dataclass(frozen=True)
class Door:
    """Everything a page works with.

    ``wake`` takes the lanes that have something to send, ``fault`` what went wrong with us; they
    and ``channels`` are called from worker threads. ``files`` is the folder for what applicants
    hand in.
    """

    database: Database
    communities: Mapping[str, Settings]
    analyser: Callable[[], Analyser]
    now: Callable[[], datetime]
    wake: Callable[[set[str]], None]
    fault: Callable[[str, BaseException], None]
    files: Path
    public_url: str = ""
    playground: Playground | None = None  # only where the bot is tried out
    channels: Callable[[], Mapping[str, ChannelState]] = dict  # of this process

    @property
    def is_secure(self) -> bool:
        """The pages are reached through TLS, so cookies may travel no other way."""
        return self.public_url.startswith("https:")

    @contextmanager
    def reading(self, settings: Settings) -> Iterator[Scene]:
        """A consistent look at one community."""
        with self.database.read() as session:
            yield Scene(
                session, current_settings(session, settings), self.analyser(), self.now(), via=VIA
            )

    @contextmanager
    def writing(self, settings: Settings) -> Iterator[Scene]:
        """One transaction, alone in its community; what it put in the outbox leaves after it."""
        with self.database.begin() as session:
            yield Scene(
                session, locked_settings(session, settings), self.analyser(), self.now(), via=VIA
            )
            lanes = outbox.touched(session)
        if lanes:
            self.wake(lanes)
