"""The frames of an OneBot v11 implementation, no more of them than a bot under load asks for."""

import json
import time
from collections.abc import Sequence
from typing import Any

OWN = 10001000
Frame = dict[str, Any]


def lifecycle() -> str:
    """The first event of every connection."""
    kind = {"meta_event_type": "lifecycle", "sub_type": "connect"}
    return json.dumps({"time": int(time.time()), "self_id": OWN, "post_type": "meta_event", **kind})


def said(user: int, text: str, *, group: int, message_id: int) -> str:
    """Somebody says something in a group."""
    return json.dumps(
        {
            "time": int(time.time()),
            "self_id": OWN,
            "post_type": "message",
            "message_type": "group",
            "sub_type": "normal",
            "message_id": message_id,
            "message_seq": message_id,
            "user_id": user,
            "group_id": group,
            "anonymous": None,
            "message": [{"type": "text", "data": {"text": text}}],
            "raw_message": text,
            "message_format": "array",
            "font": 14,
            "sender": {
                "user_id": user,
                "nickname": f"成员{user}",
                "card": "",
                "sex": "unknown",
                "age": 0,
                "area": "",
                "level": "12",
                "role": "member",
                "title": "",
            },
        }
    )


def quoted(params: Frame) -> int | None:
    """The number of the message that a bot's message answers."""
    message = params.get("message")
    for segment in message if isinstance(message, list) else ():
        if segment["type"] == "reply":
            return int(segment["data"]["id"])
    return None


def answer(call: Frame, *, groups: Sequence[int], people: Sequence[int], message_id: int) -> str:
    """What the implementation says to a call; what it does not know, it refuses."""
    params = call.get("params") or {}
    data: object = None
    status, code = "ok", 0
    match call["action"]:
        case "send_msg" | "send_group_msg" | "send_private_msg":
            data = {"message_id": message_id}
        case "get_login_info":
            data = {"user_id": OWN, "nickname": "助教"}
        case "get_group_list":
            data = [{"group_id": group, "group_name": f"群{group}"} for group in groups]
        case "get_group_member_list":
            data = [_seat(user, params["group_id"]) for user in people]
        case "get_group_msg_history":
            data = {"messages": []}
        case _:
            status, code = "failed", 1404
    told = {"status": status, "retcode": code, "data": data, "message": "", "wording": ""}
    return json.dumps({**told, "echo": call.get("echo")})


def _seat(user: int, group: int) -> Frame:
    who = {"group_id": group, "user_id": user, "nickname": f"成员{user}", "card": ""}
    return {**who, "role": "member", "join_time": 1700000000, "level": "1", "title": ""}
