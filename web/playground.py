"""What the page of the playground needs of a running bot; ``bot.webserver.playground`` has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from community.settings import Settings

Room = Literal["group", "private", "admins"]


@dataclass(frozen=True)
class Person:
    """Somebody whom a visitor may speak as. ``key`` names him in links."""

    key: str
    name: str
    about: str
    role: Literal["member", "admin", "newcomer"] = "member"


@dataclass(frozen=True)
class Part:
    """Some words of a message; with ``person`` they are a real @ of that person."""

    text: str
    person: str = ""


@dataclass(frozen=True)
class Bubble:
    """One message as it stands in a chat. Without an ``author`` the bot has said it."""

    number: int  # grows by one from message to message, over all chats
    place: str  # address of the chat
    id: str  # by which it is quoted
    author: str
    name: str
    parts: tuple[Part, ...]
    at: datetime
    quote: str = ""  # the message that it answers, in short
    event: bool = False  # no words of anybody: somebody has come or gone

    @property
    def text(self) -> str:
        """All of its words."""
        return "".join(part.text for part in self.parts)


class Playground(Protocol):
    """A community of samples, whose people anybody may speak as."""

    @property
    def settings(self) -> Settings:
        """Its community."""

    @property
    def is_for_all(self) -> bool:
        """The operator wants visitors from other machines, too."""

    async def ready(self) -> None:
        """Wait until the samples are there; they are put in when somebody comes first."""

    @property
    def people(self) -> Sequence[Person]:
        """Everybody, in the order in which they are shown."""

    def sits(self, person: Person, room: Room) -> bool:
        """He can read and speak there."""

    def account(self, person: Person) -> str:
        """His address."""

    def history(self, person: Person, room: Room, *, since: int = 0) -> Sequence[Bubble]:
        """What has been said there after the message of that number, the oldest first.

        From now on he has seen it.
        """

    @property
    def newest(self) -> int:
        """Number of the last message of all."""

    def unseen(self, person: Person, room: Room | None = None) -> int:
        """How much waits for him there; without a room, what was said to him anywhere."""

    async def say(self, person: Person, room: Room, text: str, *, quote: str = "") -> None:
        """Speak, and wait a little for the answer. Raises UserError where he cannot."""
