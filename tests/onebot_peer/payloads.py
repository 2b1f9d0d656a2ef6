"""Frames as implementations send them; the field sets are those of the specification and NapCat."""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

Event = dict[str, Any]


class Segment(TypedDict):
    """One piece of a message."""

    type: str
    data: dict[str, Any]


def text(words: str) -> Segment:
    """Plain text."""
    return {"type": "text", "data": {"text": words}}


def at(user: int | str) -> Segment:
    """A call; ``all`` calls everybody."""
    return {"type": "at", "data": {"qq": str(user)}}


def reply(message_id: int) -> Segment:
    """A quote."""
    return {"type": "reply", "data": {"id": str(message_id)}}


def image(file: str = "A1B2.jpg") -> Segment:
    """A picture."""
    return {"type": "image", "data": {"file": file, "url": f"https://example.invalid/{file}"}}


def message(
    *,
    own: int,
    user: int,
    segments: Sequence[Segment],
    message_id: int,
    time: int,
    group: int | None = None,
    card: str = "",
    nickname: str = "小明",
    role: str = "member",
) -> Event:
    """A message event in ``array`` format."""
    sender = {"user_id": user, "nickname": nickname, "sex": "unknown", "age": 0}
    event: Event = {
        "time": time,
        "self_id": own,
        "post_type": "message",
        "message_type": "private" if group is None else "group",
        "sub_type": "friend" if group is None else "normal",
        "message_id": message_id,
        "user_id": user,
        "message": list(segments),
        "message_format": "array",
        "font": 14,
        "sender": sender,
    }
    if group is not None:
        sender |= {"card": card, "area": "", "level": "12", "role": role, "title": ""}
        event |= {"group_id": group, "anonymous": None}
    return event


def notice(kind: str, *, own: int, time: int, **fields: object) -> Event:
    """A notice event."""
    return {"time": time, "self_id": own, "post_type": "notice", "notice_type": kind, **fields}


def request(
    *,
    own: int,
    user: int,
    flag: str,
    time: int,
    group: int | None = None,
    comment: str = "",
    sub_type: str = "add",
) -> Event:
    """A request event: to be let into a group, or to be a friend."""
    event: Event = {"time": time, "self_id": own, "post_type": "request", "user_id": user}
    event |= {"comment": comment, "flag": flag}
    if group is None:
        return {**event, "request_type": "friend"}
    return {**event, "request_type": "group", "sub_type": sub_type, "group_id": group}


def listed(waiting: Iterable[Event]) -> Event:
    """Requests as ``get_group_system_msg`` of NapCat lists them."""
    rows = [
        {
            "request_id": int(asked["flag"]),
            "invitor_uin": asked["user_id"],
            "invitor_nick": asked["nickname"],
            "group_id": asked["group_id"],
            "message": asked["comment"],
            "group_name": f"群{asked['group_id']}",
            "checked": False,
            "actor": 0,
            "requester_nick": asked["nickname"],
            "sub_type": asked["sub_type"],
        }
        for asked in waiting
        if "group_id" in asked
    ]
    invited = [row for row in rows if row.pop("sub_type") == "invite"]
    joining = [row for row in rows if row not in invited]
    return {"invited_requests": invited, "InvitedRequest": invited, "join_requests": joining}


def lifecycle(own: int, time: int) -> Event:
    """The first event of every connection."""
    kind = {"meta_event_type": "lifecycle", "sub_type": "connect"}
    return {"time": time, "self_id": own, "post_type": "meta_event", **kind}


def heartbeat(own: int, time: int, *, online: bool = True) -> Event:
    """The sign of life."""
    status = {"online": online, "good": True}
    kind = {"meta_event_type": "heartbeat", "status": status, "interval": 30000}
    return {"time": time, "self_id": own, "post_type": "meta_event", **kind}


def member(user: int, *, group: int, nickname: str, card: str = "", role: str = "member") -> Event:
    """A row of the member list."""
    who = {"group_id": group, "user_id": user, "nickname": nickname, "card": card, "role": role}
    rest = {"join_time": 1700000000, "last_sent_time": 1700000000, "level": "1", "title": ""}
    return {**who, **rest, "unfriendly": False, "card_changeable": True}
