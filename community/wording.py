"""Names of things as members read them, used through every door."""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType({"need": "需求", "offer": "供给"})
STATES: Mapping[str, str] = MappingProxyType(
    {
        "active": "进行中",
        "done": "已办成",
        "withdrawn": "已撤下",
        "expired": "已到期",
        "undone": "已撤回",
    }
)
CHANNELS: Mapping[str, str] = MappingProxyType(
    {"onebot": "QQ", "wechaty": "微信", "mail": "邮箱", "console": "控制台"}
)


def channel_name(address: str) -> str:
    """What people call a channel, or that of an address; one without a word by its own name."""
    name = address.partition(":")[0]
    return CHANNELS.get(name, name)


def set_in(text: str) -> str:
    """Somebody's words within what the bot says: no line of them passes for one of the bot's."""
    return "\n｜".join(text.splitlines())
