"""Telling the admins that a channel has stopped sending."""

import asyncio
from collections.abc import Mapping

from loguru import logger

from bot.channels.base import Channel
from bot.communities import Communities
from bot.outbox.store import Store
from community.actions import Send, Text

WORDS = (
    "老友提醒：{channel} 渠道连续几次发送失败或没有回音，已暂停发送几分钟。"
    "请看看机器人的账号是否被禁言、掉线或受限。"
)


class Alarm:
    """Writes to the admins in private: at once on the channel itself, and on all others."""

    def __init__(
        self, *, communities: Communities, channels: Mapping[str, Channel], store: Store
    ) -> None:
        self._communities = communities
        self._channels = channels
        self._store = store

    async def ring(self, channel: str) -> set[str]:
        """Tell everybody; gives the lanes of other channels that have a message now."""
        logger.error("{}: 连续发送失败，已暂停发送；请检查账号状态", channel)
        letters = [
            Send(account=admin, segments=(Text(text=WORDS.format(channel=channel)),))
            for admin in self._admins_of(channel)
        ]
        own = [letter for letter in letters if letter.target.startswith(f"{channel}:")]
        others = [letter for letter in letters if letter not in own]
        # Past the breaker and the outbox: a muted group does not mean muted private chats.
        await asyncio.gather(*(self._channels[channel].perform(letter) for letter in own))
        return await asyncio.to_thread(self._store.add, others)

    def _admins_of(self, channel: str) -> list[str]:
        concerned = [
            settings
            for settings in self._communities.by_id.values()
            if any(group.startswith(f"{channel}:") for group in settings.groups)
        ]
        return sorted({admin for settings in concerned for admin in settings.admins})
