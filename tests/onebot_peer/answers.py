"""What the peer answers: the plain answers of an implementation, and any that a test sets."""

from collections.abc import Callable
from typing import Any

from tests.onebot_peer.payloads import Event, listed, member

Reply = dict[str, Any] | None
Answer = Callable[[dict[str, Any]], Reply]
"""Parameters to the answer, without its echo; None: no answer ever comes."""

SILENCE: Reply = None


def ok(data: object = None) -> Reply:
    """It worked."""
    return {"status": "ok", "retcode": 0, "data": data, "message": "", "wording": ""}


def failed(retcode: int, wording: str = "") -> Reply:
    """It did not."""
    return {
        "status": "failed",
        "retcode": retcode,
        "data": None,
        "message": wording,
        "wording": wording,
    }


class Stock:
    """What an implementation knows: the account, its groups, and what was said in them."""

    def __init__(self, number: int, name: str) -> None:
        self.number = number
        self.name = name
        self.members: dict[int, list[Event]] = {}
        self.spoken: dict[int, Event] = {}
        self.history: dict[int, list[Event]] = {}
        self.waiting: dict[str, Event] = {}  # requests that nobody has answered, by flag
        self.is_admin = True
        self.card_limit = 60  # characters after which a card is cut
        self.reports: list[Event] = []  # notices that follow the next answer
        self.next_id = 1000

    def new_id(self) -> int:
        """An id for a message."""
        self.next_id += 1
        return self.next_id

    def answer(self, action: str, params: dict[str, Any]) -> Reply:
        """The plain answer."""
        answer: Answer | None = getattr(self, f"_on_{action}", None)
        return answer(params) if answer else failed(1404, f"不支持的API {action}")

    def _on_get_login_info(self, _params: dict[str, Any]) -> Reply:
        return ok({"user_id": self.number, "nickname": self.name})

    def _on_get_group_list(self, _params: dict[str, Any]) -> Reply:
        return ok([{"group_id": group, "group_name": f"群{group}"} for group in self.members])

    def _on_get_group_member_list(self, params: dict[str, Any]) -> Reply:
        rows = self.members.get(int(params["group_id"]))
        return ok(rows) if rows is not None else failed(1200, "群不存在")

    def _on_get_group_member_info(self, params: dict[str, Any]) -> Reply:
        rows = self.members.get(int(params["group_id"]), [])
        found = [row for row in rows if row["user_id"] == int(params["user_id"])]
        return ok(found[0]) if found else failed(1200, "成员不存在")

    def _on_get_group_msg_history(self, params: dict[str, Any]) -> Reply:
        said = self.history.get(int(params["group_id"]), [])
        if start := params.get("message_seq"):
            ids = [event["message_id"] for event in said]
            said = said[: ids.index(int(start)) + 1]
        if not said:
            return failed(1200, "消息undefined不存在")
        return ok({"messages": said[-int(params["count"]) :]})

    def _on_get_group_system_msg(self, _params: dict[str, Any]) -> Reply:
        return ok(listed(self.waiting.values()))

    def _on_set_group_add_request(self, params: dict[str, Any]) -> Reply:
        asked = self.waiting.get(params["flag"])
        if asked is None:
            return failed(1200, "No such request")
        if not self.is_admin:
            return failed(1200, "没有权限")
        del self.waiting[params["flag"]]
        if params["approve"] and asked["sub_type"] == "add":
            group, user = asked["group_id"], asked["user_id"]
            self.members[group].append(member(user, group=group, nickname=asked["nickname"]))
            by = {"sub_type": "approve", "operator_id": self.number}
            fields = {"group_id": group, "user_id": user, **by}
            self.reports.append({"notice_type": "group_increase", **fields})
        return ok()

    def _on_set_friend_add_request(self, params: dict[str, Any]) -> Reply:
        found = self.waiting.pop(params["flag"], None)
        return ok() if found is not None else failed(1200, "No such request")

    def _on_set_group_card(self, params: dict[str, Any]) -> Reply:
        if not self.is_admin:
            return failed(1200, "设置群名片未生效")
        for row in self.members.get(params["group_id"], []):
            if row["user_id"] == params["user_id"]:
                row["card"] = params["card"][: self.card_limit]
        return ok()

    def _on_set_group_kick(self, params: dict[str, Any]) -> Reply:
        if not self.is_admin:
            return failed(1200, "没有权限")
        group, user = params["group_id"], params["user_id"]
        self.members[group] = [row for row in self.members[group] if row["user_id"] != user]
        by = {"sub_type": "kick", "operator_id": self.number}
        self.reports.append(
            {"notice_type": "group_decrease", "group_id": group, "user_id": user, **by}
        )
        return ok()

    def _on_get_msg(self, params: dict[str, Any]) -> Reply:
        said = self.spoken.get(int(params["message_id"]))
        return ok(said) if said is not None else failed(1200, "消息不存在")

    def _on_send_group_msg(self, params: dict[str, Any]) -> Reply:
        return self._say(params["message"])

    def _on_send_private_msg(self, params: dict[str, Any]) -> Reply:
        return self._say(params["message"])

    def _on_send_group_forward_msg(self, params: dict[str, Any]) -> Reply:
        return self._say(params["messages"])

    def _on_delete_msg(self, _params: dict[str, Any]) -> Reply:
        return ok()

    def _say(self, segments: list[Event]) -> Reply:
        message_id = self.new_id()
        sender = {"user_id": self.number, "nickname": self.name}
        self.spoken[message_id] = {
            "message_id": message_id,
            "sender": sender,
            "message": segments,
        }
        return ok({"message_id": message_id})
