"""The one entry point for updates: every channel and every test feeds them in here."""

from loguru import logger

from bot.channels.base import SharesGroups
from bot.communities import Communities
from bot.incoming.inbox import Inbox
from bot.incoming.length import truncate
from bot.logs import masked
from bot.metrics.counters import Counters
from community.updates import Message, Update
from handlers.framework.discovery import Features
from handlers.framework.parse import may_command, parse


class Dispatcher:
    """Drops chatter without any I/O; the inbox stores the rest and queues it."""

    def __init__(
        self, *, features: Features, communities: Communities, inbox: Inbox, counters: Counters
    ) -> None:
        self._features = features
        self._communities = communities
        self._inbox = inbox
        self._counters = counters

    async def feed(
        self, update: Update, holder: int | None = None, shares: SharesGroups | None = None
    ) -> None:
        """Returns when the update is safe in the inbox, or dropped as none of our business.

        ``holder``: the number of the chat account by which it came, where processes share it.
        ``shares``: by what it came, where other processes may hear the same by another account.
        """
        if not self._wanted(update):
            self._counters.count_received(update.channel, "ignored")
        elif await self._inbox.store(truncate(update), holder, shares):
            self._counters.count_received(update.channel, "stored")
        else:
            self._counters.count_received(update.channel, "repeated")
            logger.debug("{} came again", masked(update.key))

    def ignores(self, channel: str, group: str, text: str, *, quoting: bool) -> bool:
        """Whether ``feed`` would drop a message of a group, as far as what was typed tells."""
        if self._communities.of_group(group) and may_command(text, self._features, quoting=quoting):
            return False
        self._counters.count_received(channel, "ignored")
        return True

    def _wanted(self, update: Update) -> bool:
        if update.group is not None and self._communities.of_group(update.group) is None:
            return False
        if not isinstance(update, Message) or parse(update, self._features) is not None:
            return True
        # What a group says among itself ends here. Private words may answer a question of ours.
        return update.group is None and bool(update.text.strip() and self._features.listeners)
