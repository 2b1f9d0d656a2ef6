"""What the bot does, as API calls."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.channels.onebot.fields import number
from bot.channels.onebot.split import split
from community.actions import (
    Action,
    AnswerRequest,
    Image,
    Invite,
    Kick,
    Mention,
    Recall,
    Segment,
    Send,
    SetCard,
    Text,
)

Params = dict[str, object]

_PARTS = 3  # more than these go into one forwarded card
_NAME = "老友"


@dataclass(frozen=True)
class Call:
    """One API call; ``instead`` is for implementations that do not know it."""

    action: str
    params: Params
    instead: list["Call"] = field(default_factory=list)


@dataclass(frozen=True)
class Speaker:
    """The account that speaks, as a forwarded card shows it."""

    number: str
    name: str = ""


class UnsendableError(Exception):
    """This action can never be carried out on QQ; the reason is for the operator."""


def encode(action: Action, speaker: Speaker, via: str | None = None) -> list[Call]:
    """The calls that carry out the action, in order. Raises UnsendableError.

    ``via``: a group in which the person sits for sure, to start a chat with a stranger from.
    """
    match action:
        case Send():
            return _send(action, speaker, via)
        case Recall():
            return [_recall(action)]
        case AnswerRequest():
            return [_answer(action)]
        case Invite():
            raise UnsendableError("QQ 上只能由本人申请入群")
        case SetCard():
            return [Call("set_group_card", {**_seat(action), "card": action.card})]
        case Kick():
            return [
                Call("set_group_kick", {**_seat(action), "reject_add_request": action.for_good})
            ]


def _send(action: Send, speaker: Speaker, via: str | None) -> list[Call]:
    if action.group is not None:
        if (group := number(action.group)) is None:
            raise UnsendableError("不是 QQ 群")
        return _to_group(action, group, speaker)
    if action.account is None or (user := number(action.account)) is None:
        raise UnsendableError("不是 QQ 账号")
    target: Params = {"user_id": user}
    if via is not None and (through := number(via)) is not None:
        target["group_id"] = through
    parts = [wire_segments(part, calls=False) for part in split(action.segments)]
    return _calls("send_private_msg", target, _quoting(action, parts))


def _answer(action: AnswerRequest) -> Call:
    params: Params = {"flag": action.flag, "approve": action.approve}
    if action.kind == "friend":
        return Call("set_friend_add_request", params)
    # The specification wants it under this name, older implementations read ``type``.
    kind = "add" if action.kind == "join" else "invite"
    params |= {"sub_type": kind, "type": kind}
    if not action.approve:
        params["reason"] = action.reason
    return Call("set_group_add_request", params)


def _seat(action: SetCard | Kick) -> Params:
    group, user = number(action.group), number(action.account)
    if group is None or user is None:
        raise UnsendableError("不是 QQ 群里的账号")
    return {"group_id": group, "user_id": user}


def _recall(action: Recall) -> Call:
    try:
        return Call("delete_msg", {"message_id": int(action.message_id)})
    except ValueError:
        raise UnsendableError("不是 QQ 消息") from None


def _to_group(action: Send, group: int, speaker: Speaker) -> list[Call]:
    parts = split(action.segments)
    wired = _quoting(action, [wire_segments(part, calls=True) for part in parts])
    calls = _calls("send_group_msg", {"group_id": group}, wired)
    if len(calls) <= _PARTS:
        return calls
    nodes = [_node(speaker, content) for content in wired[1:]]
    forward: Params = {"group_id": group, "messages": nodes}
    return [calls[0], Call("send_group_forward_msg", forward, instead=calls[1:])]


def _calls(action: str, target: Params, parts: Sequence[list[Params]]) -> list[Call]:
    return [Call(action, {**target, "message": part}) for part in parts]


def _quoting(action: Send, parts: list[list[Params]]) -> list[list[Params]]:
    if not parts:
        raise UnsendableError("空消息")
    if action.quote is not None:
        parts[0].insert(0, _wire("reply", id=action.quote))
    return parts


def _node(speaker: Speaker, content: list[Params]) -> Params:
    # Half of the implementations read user_id and nickname, the others uin and name.
    by = {"user_id": speaker.number, "nickname": speaker.name or _NAME}
    return _wire("node", uin=speaker.number, name=by["nickname"], content=content, **by)


def wire_segments(segments: Sequence[Segment], *, calls: bool) -> list[Params]:
    """Segments as the wire takes them; without ``calls`` an @ is plain text."""
    wired: list[Params] = []
    after_call = False
    for segment in segments:
        match segment:
            case Text(text=text):
                words = text if not after_call or text.startswith(" ") else f" {text}"
                wired.append(_wire("text", text=words))
            case Mention(account=account) if calls and (qq := number(account)) is not None:
                if after_call:
                    wired.append(_wire("text", text=" "))
                wired.append(_wire("at", qq=str(qq)))
                after_call = True
                continue
            case Mention(name=name):
                wired.append(_wire("text", text=f"@{name} "))
            case Image(source=source):
                wired.append(_wire("image", file=source))
        after_call = False
    return wired


def _wire(kind: str, **data: object) -> Params:
    return {"type": kind, "data": data}
