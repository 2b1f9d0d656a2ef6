"""The one door: every channel and every test hands its updates in here."""

from loguru import logger

from bot.communities import Communities
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.logs import short
from community.updates import Message, Update, lane_of
from handlers.framework.discovery import Features
from handlers.framework.parse import parse


class Dispatcher:
    """Drops chatter without any I/O, stores the rest, and puts it in line."""

    def __init__(
        self, *, features: Features, communities: Communities, inbox: Inbox, lanes: Lanes
    ) -> None:
        self._features = features
        self._communities = communities
        self._inbox = inbox
        self._lanes = lanes

    async def feed(self, update: Update) -> None:
        """Returns when the update is safe in the inbox, or dropped as none of our business."""
        if not self._wanted(update):
            return
        inbox_id = await self._inbox.store(update)
        if inbox_id is None:
            logger.debug("{} came again", short(update.key))
            return
        self._lanes.push(lane_of(update), inbox_id)

    def _wanted(self, update: Update) -> bool:
        if update.group is not None and self._communities.of_group(update.group) is None:
            return False
        return not isinstance(update, Message) or parse(update, self._features) is not None
