"""Handles what an account hears, one event after the other."""

import asyncio
from collections.abc import Sequence

from loguru import logger

from bot.channels.base import Feed
from bot.channels.onebot.account import Account
from bot.channels.onebot.decode import decode
from bot.channels.onebot.fields import as_fields
from bot.channels.onebot.history import UnavailableError, missed
from bot.channels.onebot.link import Link
from bot.channels.onebot.messages import needs_quoted, with_quoted
from bot.channels.onebot.remarks import Remarks
from bot.channels.onebot.seats import Seats
from bot.channels.onebot.seen import Seen
from community.updates import Message, SeatsChanged, Update

_QUOTE_PATIENCE = 5.0  # a command waits this long for what it quotes, then goes on without


class Listener:
    """Feeds the updates of one account, in the order in which they came."""

    def __init__(
        self, account: Account, feed: Feed, *, groups: Sequence[str], seats: Seats, seen: Seen
    ) -> None:
        self._account = account
        self._feed = feed
        self._groups = groups
        self._seats = seats
        self._seen = seen
        self._remarks = Remarks()

    async def run(self, link: Link, patience: float) -> None:
        """Fill the gap since the last connection, then handle events until there are no more."""
        try:
            async with asyncio.timeout(patience):  # calls may come by a second connection
                await self._account.ready.wait()
        except TimeoutError:
            logger.warning("OneBot：只收到事件连接，没有 API 连接，机器人无法回复")
        await self._catch_up()
        while (event := await link.events.get()) is not None:
            await self._take(event)
            if link.overflowed and link.events.empty():
                link.overflowed = False
                await self._catch_up()

    async def _catch_up(self) -> None:
        for group in self._groups:
            since = await self._seen.gap(group)
            if since is None or not self._account.online:
                continue
            try:
                events = await missed(self._account, group, since)
            except UnavailableError:
                return
            for event in events:
                await self._take(event)

    async def _take(self, event: object) -> None:
        try:
            if (remark := self._remarks.on(as_fields(event))) is not None:
                logger.warning("OneBot：{}", remark)
            update = event if isinstance(event, SeatsChanged) else decode(event, self._seats)
            if update is not None:
                await self._pass_on(update)
        # One event that cannot be handled must not cost the connection and all that follow. Its
        # traceback may quote the message, so it stays at DEBUG.
        except Exception as trouble:
            logger.error("OneBot：一条消息没能处理（{}）", type(trouble).__name__)
            logger.opt(exception=trouble).debug("OneBot: the event that failed")

    async def _pass_on(self, update: Update) -> None:
        if isinstance(update, SeatsChanged) and not update.complete:
            self._seats.apply(update)
        if isinstance(update, Message) and needs_quoted(update):
            update = await self._with_quoted(update)
        await self._feed(update)
        self._seen.note(update)

    async def _with_quoted(self, message: Message) -> Message:
        if message.quoted is None:
            return message
        params = {"message_id": int(message.quoted.message_id)}
        answer = await self._account.call("get_msg", params, _QUOTE_PATIENCE)
        return with_quoted(message, answer.data, self._seats) if answer.state == "ok" else message
