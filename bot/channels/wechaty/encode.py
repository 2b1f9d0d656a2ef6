"""What the bot does, as calls to the gateway. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.channels.wechaty import quotes
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.recent import Recent
from bot.channels.wechaty.rooms import Rooms
from bot.channels.wechaty.split import LIMIT, shown, size, split
from community.actions import (
    Action,
    AnswerRequest,
    Invite,
    Kick,
    Mention,
    Recall,
    Segment,
    Send,
    SetCard,
    Text,
)


@dataclass(frozen=True)
class Call:
    """One call to the gateway."""

    name: str
    asked: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class EncodingContext:
    """What is needed to find rooms, people and quoted words."""

    accounts: Accounts
    rooms: Rooms
    recent: Recent


class UnsendableError(Exception):
    """This action can never be carried out on WeChat; the reason is for the operator."""


def encode(action: Action, context: EncodingContext) -> list[Call]:
    """The calls that carry out the action, in order. Raises UnsendableError."""
    match action:
        case Send():
            return _send(action, context)
        case Recall():
            return [Call("recall", {"id": action.message_id})]
        case AnswerRequest():
            return _answer(action)
        case Invite():
            room, contact = _room(action.group, context), _contact(action.account, context)
            return [Call("bring", {"room": room, "id": contact})]
        case Kick():
            room, contact = _room(action.group, context), _contact(action.account, context)
            return [Call("kick", {"room": room, "id": contact})]
        case SetCard():
            raise UnsendableError("微信里只有本人能改自己的群昵称")


def _send(action: Send, context: EncodingContext) -> list[Call]:
    if action.group is not None:
        target = _room(action.group, context)
    else:
        target = _contact(action.account or "", context)
    head = _quote(action, context)
    parts = split(action.segments, LIMIT - size(head))
    if not parts:
        raise UnsendableError("空消息")
    parts[0].insert(0, Text(text=head))
    return [_say(target, part, context, calls=action.group is not None) for part in parts]


def _say(target: str, part: Sequence[Segment], context: EncodingContext, *, calls: bool) -> Call:
    called = [segment.account for segment in part if isinstance(segment, Mention)]
    ids = [contact for one in called if (contact := context.accounts.contact(one))]
    asked: dict[str, object] = {"to": target, "text": "".join(map(shown, part)).strip()}
    return Call("send", {**asked, "mentions": ids if calls else []})


def _quote(action: Send, context: EncodingContext) -> str:
    """The lines that show what is answered. WeChat takes real quotes from people alone."""
    if action.quote is None:
        return ""
    said = context.recent.by_id(action.target, action.quote)
    return quotes.quote(said.name, said.text) if said else ""


def _answer(action: AnswerRequest) -> list[Call]:
    if action.kind == "join":
        raise UnsendableError("微信不让机器人批准入群")
    if not action.approve:  # WeChat knows no refusal: whoever gets no answer is not let in
        return []
    return [Call("befriend" if action.kind == "friend" else "accept", {"id": action.flag})]


def _room(group: str, context: EncodingContext) -> str:
    room = context.rooms.id(group)
    if room is None:
        raise UnsendableError("微信账号不在这个群里，或者群名对不上")
    return room


def _contact(account: str, context: EncodingContext) -> str:
    contact = context.accounts.contact(account)
    if contact is None:
        raise UnsendableError("这个微信账号是上一次登录时的，现在找不到人")
    return contact
