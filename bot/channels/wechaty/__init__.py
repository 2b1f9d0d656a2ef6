"""WeChat, through a Wechaty puppet service (a gateway that is logged in to WeChat)."""

from bot.channels.wechaty.channel import Wechaty
from bot.channels.wechaty.link import Address

__all__ = ["Address", "Wechaty"]
