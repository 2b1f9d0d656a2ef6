"""What came in from a chat platform, in the project's own words.

Addresses are strings that stay stable for life: an account is ``onebot:10001``, a group
``onebot:12345678``. Every channel codec produces these, every handler reads only these.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter


def _storable(text: str) -> str:
    """Without what no database can hold as text: NUL and halves of surrogate pairs."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


Words = Annotated[str, BeforeValidator(_storable)]
"""Text that a person wrote."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Sender(_Frozen):
    """Who wrote a message, as the channel shows them at that moment."""

    account: str
    name: Words = ""
    card: Words = ""  # the name this group knows them by
    role: Literal["owner", "admin", "member"] = "member"

    @property
    def shown(self) -> str:
        """The name that the others in the chat see."""
        return self.card or self.name or self.account.partition(":")[2]


class Quoted(_Frozen):
    """The message that this one answers; text and author as far as the channel tells."""

    message_id: str
    account: str = ""
    name: Words = ""
    text: Words = ""


class Mentioned(_Frozen):
    """An account that the author called by a real @, in order of appearance."""

    account: str
    name: Words = ""


class _Update(_Frozen):
    channel: str  # type and account of the connection: "onebot:9999", "console:bot"
    key: str  # unique within the channel: redelivery brings the same key again
    time: datetime  # UTC
    group: str | None = None  # None: a private chat


class Message(_Update):
    """A text that somebody sent in a group or to the bot alone.

    ``text`` holds what was typed, without the @ of the bot and without the quoted message;
    an @ of somebody else stays in it as ``@name``.
    """

    type: Literal["message"] = "message"
    message_id: str
    sender: Sender
    text: Words
    mentions: tuple[Mentioned, ...] = ()
    to_bot: bool = False  # the bot was mentioned, or one of its messages quoted
    quoted: Quoted | None = None


class Recalled(_Update):
    """A message was taken back, by its author or by an admin."""

    type: Literal["recalled"] = "recalled"
    message_id: str
    author: str = ""  # whose message it was, where that is told
    by: str = ""


class Seat(_Frozen):
    """One account in one group, with the card it wears there."""

    account: str
    name: Words = ""
    card: Words = ""
    role: Literal["owner", "admin", "member"] = "member"


class SeatsChanged(_Update):
    """Members of a group: new or changed seats, and who left.

    ``complete`` marks a full list: whoever is not in it has left.
    """

    type: Literal["seats"] = "seats"
    seats: tuple[Seat, ...] = ()
    left: tuple[str, ...] = ()
    complete: bool = False


class JoinRequested(_Update):
    """Somebody asks to be let into ``group``; the platform waits for an answer.

    ``flag`` is what the platform wants to hear with the answer. ``comment`` holds the person's
    own words alone; ``question`` what the platform asked for, where it tells.
    """

    type: Literal["join_requested"] = "join_requested"
    account: str
    name: Words = ""
    comment: Words = ""
    question: Words = ""
    flag: str


class BotInvited(_Update):
    """Somebody invites the bot into ``group``."""

    type: Literal["bot_invited"] = "bot_invited"
    account: str
    flag: str


class FriendRequested(_Update):
    """Somebody wants to be the bot's contact, which opens the private way."""

    type: Literal["friend_requested"] = "friend_requested"
    account: str
    name: Words = ""
    comment: Words = ""
    flag: str


class MemberJoined(_Update):
    """Somebody has come into ``group``: let in by an admin, or brought along by a member."""

    type: Literal["member_joined"] = "member_joined"
    seat: Seat
    by: str = ""


class MemberLeft(_Update):
    """Somebody is no longer in ``group``. ``by`` is the person who did it, or who left."""

    type: Literal["member_left"] = "member_left"
    account: str
    by: str = ""


Notice = (
    Recalled
    | SeatsChanged
    | JoinRequested
    | BotInvited
    | FriendRequested
    | MemberJoined
    | MemberLeft
)
"""Everything that is no message."""

Update = Annotated[Message | Notice, Field(discriminator="type")]
_update = TypeAdapter[Message | Notice](Update)


def dump_update(update: Update) -> str:
    """The update as JSON, for the inbox."""
    return _update.dump_json(update).decode()


def load_update(text: str) -> Update:
    """The update that ``dump_update`` wrote. Raises pydantic.ValidationError on anything else."""
    return _update.validate_json(text)


def lane_of(update: Update) -> str:
    """The conversation within which order must be kept: the group, or the private chat."""
    if update.group is not None:
        return update.group
    return actor_of(update) or update.channel


def actor_of(update: Update) -> str:
    """The account whose doing it is; empty where the update is about many or nobody."""
    match update:
        case Message(sender=sender):
            return sender.account
        case MemberJoined(seat=seat):
            return seat.account
        case JoinRequested() | BotInvited() | FriendRequested() | MemberLeft():
            return update.account
    return ""
