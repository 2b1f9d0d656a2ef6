"""What every chat platform adapter offers to the bot."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.finding import Finding
from community.actions import Action, AnswerRequest, Invite, Kick, Recall, SetCard
from community.updates import Update

Feed = Callable[[Update], Awaitable[None]]
"""Feeds an update to the dispatcher: returns when it is safe in the inbox, or dropped."""


class ChatterFilter(Protocol):
    """Tells chatter of a group by what was typed alone; what it ignores, it has counted.

    ``quoting``: it answers another message. Then the text must be what a Message would have.
    """

    def __call__(self, channel: str, group: str, text: str, /, *, quoting: bool) -> bool: ...


@dataclass(frozen=True)
class Caps:
    """What a platform can do. Callers ask first and use a fall-back."""

    can_mention: bool = True
    can_quote: bool = True
    can_dm: bool = True
    can_recall: bool = False
    can_answer_requests: bool = False
    can_invite: bool = False
    can_set_card: bool = False
    can_kick: bool = False
    paced: bool = True  # False: nobody is harmed by many messages at once (console, mail)
    max_concurrent: int = 0  # actions in flight; 0: as many as there are conversations

    def allow(self, action: Action) -> bool:
        """Whether the platform knows such an action at all."""
        match action:
            case AnswerRequest():
                return self.can_answer_requests
            case Invite():
                return self.can_invite
            case SetCard():
                return self.can_set_card
            case Kick():
                return self.can_kick
            case Recall():
                return self.can_recall
        return True


@dataclass(frozen=True)
class Sent:
    """How an action ended.

    ``unknown``: it may or may not have happened, never retry by yourself.
    ``refused``: the platform said no. ``offline``: nothing left the bot, try again later; with
    ``retry_after`` not before so many seconds have passed, and nobody waits for it.
    """

    state: Literal["sent", "unknown", "refused", "offline"]
    message_id: str | None = None
    detail: str = ""
    retry_after: float = 0.0


class Channel(Protocol):
    """One connection to a chat platform."""

    name: str  # the prefix of its addresses: "onebot", "console"
    caps: Caps
    address: str | None  # what it dials, and only one process at a time may; None: it dials nothing

    def reaches(self, target: str) -> bool | None:
        """Whether an account that is connected now speaks there; None when no account knows.

        Asked only where several accounts or processes might.
        """

    async def run(self, feed: Feed) -> None:
        """Receive until cancelled or the platform ends; reconnects by itself."""

    async def perform(self, action: Action) -> Sent:
        """Carry out one action. Never raises for trouble of the platform."""

    async def check(self) -> list[Finding]:
        """Look whether it can be used, without starting to receive."""


def account_of(channel: Channel) -> str:
    """By which accounts are told apart where one kind of channel has several."""
    return f"{channel.name} {channel.address or ''}".strip()


class Connectable(ABC):
    """A channel whose platform can be away; the others are always there."""

    @property
    @abstractmethod
    def connected(self) -> bool:
        """Whether actions can reach the platform now."""


class FiltersChatter(ABC):
    """A channel that receives so much that it drops chatter before it makes a Message of it."""

    @abstractmethod
    def filter_chatter(self, ignores: ChatterFilter) -> None:
        """Drop what the filter ignores, from now on."""


class SharesGroups(ABC):
    """A channel of which several accounts may sit in one group, each run by another process."""

    @abstractmethod
    def is_shared(self, update: Update) -> bool:
        """Whether all accounts in the group are told such a thing."""

    @abstractmethod
    def may_speak(self, group: str) -> bool:
        """Whether an account that is connected is there and may speak, as far as is known."""


def is_connected(channel: Channel) -> bool:
    """Whether the channel reaches its platform, as far as it knows."""
    return channel.connected if isinstance(channel, Connectable) else True
