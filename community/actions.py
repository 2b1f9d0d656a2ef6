"""What the bot does on a chat platform, in the project's own words. Codecs turn it into frames."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Text(_Frozen):
    """Plain text, line breaks kept."""

    type: Literal["text"] = "text"
    text: str


class Mention(_Frozen):
    """A real @: the platform notifies the person."""

    type: Literal["mention"] = "mention"
    account: str
    name: str


class Image(_Frozen):
    """A picture: ``file://``, ``http(s)://`` or ``base64://``."""

    type: Literal["image"] = "image"
    source: str


Segment = Annotated[Text | Mention | Image, Field(discriminator="type")]

Topic = Literal["", "dues", "probation"]


class Send(_Frozen):
    """Say something in a group (``group``) or to one person (``account``).

    ``via_group`` is a group both sit in, the way to a stranger on platforms that need one.
    ``aloud`` lets the words be said there when the private way is refused. ``otherwise`` are
    other words for that case. ``forget`` leaves nothing of the message behind once it is sent.
    What could not be sent before ``until`` is not true any more, and never said; a reminder whose
    ``topic`` is settled before it is sent is not, either.
    """

    type: Literal["send"] = "send"
    group: str | None = None
    account: str | None = None
    via_group: str | None = None
    aloud: bool = False
    segments: tuple[Segment, ...]
    quote: str | None = None  # id of the message that is answered
    otherwise: "Send | None" = None
    forget: bool = False
    until: datetime | None = None
    topic: Topic = ""
    subject: str = ""  # of a letter; chats have none
    unsubscribe: str = ""  # the address that ends such letters
    signed: str = ""  # the community in whose name a letter is written

    @property
    def target(self) -> str:
        """Address of the group or of the person."""
        return self.group or self.account or ""

    @property
    def text(self) -> str:
        """What a reader sees, mentions as ``@name``."""
        return plain(self.segments)


class Recall(_Frozen):
    """Take back one of the bot's own messages."""

    type: Literal["recall"] = "recall"
    group: str | None = None
    message_id: str

    @property
    def target(self) -> str:
        """Address of the group."""
        return self.group or ""


class AnswerRequest(_Frozen):
    """Let somebody in or not: into a group (``join``), as a contact (``friend``), or the bot
    itself into a group that it was invited to (``invite``).

    The platform's ok proves nothing: that somebody was let in is known when he is there.
    ``otherwise`` is said when the platform refuses, cannot do it, or does not answer.
    """

    type: Literal["answer_request"] = "answer_request"
    kind: Literal["join", "friend", "invite"]
    group: str | None = None
    account: str
    flag: str
    approve: bool
    reason: str = ""  # the person reads it when not let in
    otherwise: Send | None = None

    @property
    def target(self) -> str:
        """Address of the group, or of the person who wants to be a contact."""
        return self.group or self.account


class Invite(_Frozen):
    """Bring somebody into a group. ``otherwise`` tells him how to come by himself."""

    type: Literal["invite"] = "invite"
    group: str
    account: str
    otherwise: Send | None = None

    @property
    def target(self) -> str:
        """Address of the group."""
        return self.group


class SetCard(_Frozen):
    """Give somebody a card in a group. ``otherwise`` is said when it does not come to be so."""

    type: Literal["set_card"] = "set_card"
    group: str
    account: str
    card: str
    otherwise: Send | None = None

    @property
    def target(self) -> str:
        """Address of the group."""
        return self.group


class Kick(_Frozen):
    """Remove somebody from a group; ``for_good``: he may not even ask to come back."""

    type: Literal["kick"] = "kick"
    group: str
    account: str
    for_good: bool = False
    otherwise: Send | None = None

    @property
    def target(self) -> str:
        """Address of the group."""
        return self.group


Action = Annotated[
    Send | Recall | AnswerRequest | Invite | SetCard | Kick, Field(discriminator="type")
]
_action = TypeAdapter[Send | Recall | AnswerRequest | Invite | SetCard | Kick](Action)


def plain(segments: tuple[Segment, ...]) -> str:
    """The segments as one text: mentions as ``@name``, pictures as ``[图片]``."""
    parts: list[str] = []
    for segment in segments:
        match segment:
            case Text(text=text):
                parts.append(text)
            case Mention(name=name):
                parts.append(f"@{name} ")
            case Image():
                parts.append("[图片]")
    return "".join(parts)


def dump_action(action: Action) -> str:
    """The action as JSON, for the outbox."""
    return _action.dump_json(action).decode()


def load_action(text: str) -> Action:
    """The action that ``dump_action`` wrote. Raises pydantic.ValidationError on anything else."""
    return _action.validate_json(text)
