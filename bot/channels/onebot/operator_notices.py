"""Events that are for the operator alone: the account is offline, muted, removed from a group."""

from bot.channels.onebot.fields import as_id
from bot.channels.untrusted import Fields, as_fields
from bot.logs import masked


class OperatorNotices:
    """Turns such events into one line each, and heartbeats into one line per change."""

    def __init__(self) -> None:
        self.online = True  # for all that was said

    def notice_for(self, event: Fields) -> str | None:
        """What to tell the operator, if anything."""
        own, user = as_id(event.get("self_id")), as_id(event.get("user_id"))
        group = masked(as_id(event.get("group_id")) or "")
        match event.get("notice_type"), event.get("sub_type"):
            case "bot_offline", _:
                self.online = False
                return "QQ 账号已掉线，请在 NapCat 里重新登录"
            case "group_decrease", _ if user == own:
                return f"机器人已不在群 {group} 里"
            case "group_ban", "ban" if user == own:
                return f"机器人在群 {group} 被禁言"
            case "group_ban", "ban" if user == "0":
                return f"群 {group} 全员禁言"
        if event.get("meta_event_type") == "heartbeat":
            return self._heartbeat(as_fields(event.get("status")).get("online"))
        return None

    def _heartbeat(self, online: object) -> str | None:
        if not isinstance(online, bool) or online == self.online:
            return None
        self.online = online
        return "QQ 账号恢复在线" if online else "QQ 账号不在线，请到 NapCat 里看一看"
