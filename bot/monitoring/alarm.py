"""Alerting the admins that something is wrong, and that it is over."""

from collections.abc import Iterable

from loguru import logger

from bot.channels.base import Channel
from bot.communities import Communities
from bot.coordination.held_channels import HeldChannels
from bot.faults import log_fault
from bot.outbox.store import Store
from bot.retry import Retry
from community.actions import Send, Text
from community.settings import Settings
from community.wording import channel_name

MAX_RECIPIENTS = 10  # admins told of an account by itself: one in trouble must not make a burst
HALTED_TEXT = (
    "老友提醒：{channel}渠道连续几次发送失败或没有回音，已暂停发送几分钟。"
    "请看看机器人的账号是否被禁言、掉线或受限。"
)
RESUMED_TEXT = "老友提醒：{channel}渠道恢复发送了。"


def platform(channel: str) -> str:
    """What admins call it, with the blank that parts Latin from what follows."""
    name = "邮件" if channel == "mail" else channel_name(channel)
    return f"{name} " if name.isascii() else name


class Alarm:
    """Writes to the admins in private, over every channel they can be reached on.

    ``mail``: addresses that hear of everything, besides the admins.
    """

    def __init__(
        self,
        *,
        communities: Communities,
        held_channels: HeldChannels,
        store: Store,
        retry: Retry,
        mail: Iterable[str] = (),
    ) -> None:
        self._communities = communities
        self._held_channels = held_channels
        self._store = store
        self._retry = retry
        self._mail = {f"mail:{address}" for address in mail}
        self._raised: set[str] = set()

    async def raise_alarm(self, channel: str) -> set[str]:
        """A channel has stopped sending; gives the lanes that have a message now."""
        logger.error("{}：连续发送失败，已暂停发送；请检查账号状态", channel)
        lanes = await self.notify(
            HALTED_TEXT.format(channel=platform(channel)), about=channel, bypass_outbox=channel
        )
        self._raised.add(channel)
        return lanes

    async def clear(self, halted: Iterable[str]) -> set[str]:
        """Likewise for channels that send again, once: all but those that are ``halted``."""
        lanes: set[str] = set()
        for channel in sorted(self._raised.difference(halted)):
            lanes |= await self.notify(
                RESUMED_TEXT.format(channel=platform(channel)), about=channel
            )
            self._raised.discard(channel)
        return lanes

    async def notify(self, words: str, *, about: str = "", bypass_outbox: str = "") -> set[str]:
        """Tell everybody; gives the lanes that have a message now.

        ``about``: a channel, whose communities are concerned; else all are. ``bypass_outbox``: a
        channel whose outbox is stuck, so that it is tried at once and directly.
        """
        letters = self._letters(words, about)
        direct = [one for one in letters if _is_of(bypass_outbox, one.target)]
        others = [one for one in letters if not _is_of(bypass_outbox, one.target)]
        lanes = await self._retry.until_it_works(lambda: self._store.enqueue_notices(others))
        for letter in direct:
            speaker = self._held_channels.route(letter.target)
            if speaker is not None:
                await self._tell_now(speaker, letter)
        return lanes

    def _letters(self, words: str, about: str) -> list[Send]:
        everybody = sorted(self._admins_of(about) | self._mail)
        reached = [one for one in everybody if one.partition(":")[0] in self._held_channels.names]
        near = [one for one in reached if _is_of(about, one)]
        left_out = set(near[MAX_RECIPIENTS:])
        if left_out:
            logger.warning("{}：只告诉了 {} 位管理员中的 {} 位", about, len(near), MAX_RECIPIENTS)
        return [
            Send(account=one, segments=(Text(text=words),), subject=words.partition("。")[0])
            for one in reached
            if one not in left_out
        ]

    async def _tell_now(self, channel: Channel, letter: Send) -> None:
        """Past the breaker and the outbox: a muted group does not mean muted private chats."""
        try:
            sent = await channel.perform(letter)
        except Exception as error:  # one admin who cannot be told must not cost the others
            log_fault(f"{channel.name}: telling an admin", error)
        else:
            logger.info("{}: telling an admin in private → {}", channel.name, sent.state)

    def _admins_of(self, channel: str) -> set[str]:
        everyone = list(self._communities.by_id.values())
        concerned = [one for one in everyone if _speaks(one, channel)] or everyone
        return {admin for settings in concerned for admin in settings.admins}


def _speaks(settings: Settings, channel: str) -> bool:
    return any(_is_of(channel, group) for group in settings.groups)


def _is_of(channel: str, address: str) -> bool:
    """Nothing is, where no channel is named."""
    return address.startswith(f"{channel}:")
