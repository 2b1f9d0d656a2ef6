"""Telling the admins that a channel has stopped sending."""

from loguru import logger

from bot.channels.base import Channel
from bot.communities import Communities
from bot.faults import log_fault
from bot.holdings import Holdings
from bot.outbox.store import Store
from bot.retry import Retry
from community.actions import Send, Text

WORDS = (
    "老友提醒：{channel} 渠道连续几次发送失败或没有回音，已暂停发送几分钟。"
    "请看看机器人的账号是否被禁言、掉线或受限。"
)


class Alarm:
    """Writes to the admins in private: at once on the channel itself, and on all others."""

    def __init__(
        self,
        *,
        communities: Communities,
        holdings: Holdings,
        store: Store,
        retry: Retry,
    ) -> None:
        self._communities = communities
        self._holdings = holdings
        self._store = store
        self._retry = retry

    async def ring(self, channel: str) -> set[str]:
        """Tell everybody; gives the lanes of other channels that have a message now."""
        logger.error("{}: 连续发送失败，已暂停发送；请检查账号状态", channel)
        letters = [
            Send(account=admin, segments=(Text(text=WORDS.format(channel=channel)),))
            for admin in self._admins_of(channel)
            if admin.partition(":")[0] in self._holdings.names
        ]
        others = [one for one in letters if not one.target.startswith(f"{channel}:")]
        lanes = await self._retry.until_it_works(lambda: self._store.add(others))
        for letter in letters:
            speaker = None if letter in others else self._holdings.route(letter.target)
            if speaker is not None:
                await self._tell_now(speaker, letter)
        return lanes

    async def _tell_now(self, channel: Channel, letter: Send) -> None:
        """Past the breaker and the outbox: a muted group does not mean muted private chats."""
        try:
            sent = await channel.perform(letter)
        except Exception as error:  # one admin who cannot be told must not cost the others
            log_fault(f"{channel.name}: telling an admin", error)
        else:
            logger.info("{}: telling an admin in private → {}", channel.name, sent.state)

    def _admins_of(self, channel: str) -> list[str]:
        concerned = [
            settings
            for settings in self._communities.by_id.values()
            if any(group.startswith(f"{channel}:") for group in settings.groups)
        ]
        return sorted({admin for settings in concerned for admin in settings.admins})
