"""Handles the events of an account, one after the other."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from loguru import logger

from bot.channels.base import ChatterFilter, Feed
from bot.channels.onebot.account import Account
from bot.channels.onebot.batching import MAX_IN_FLIGHT, Batcher, log_lost_event
from bot.channels.onebot.chatter import EventPrefilter
from bot.channels.onebot.decode import decode
from bot.channels.onebot.fields import number
from bot.channels.onebot.history import FailedError, UnavailableError, UnknownError, missed
from bot.channels.onebot.link import Link
from bot.channels.onebot.messages import needs_quoted, with_quoted
from bot.channels.onebot.notices import own_move, own_mute, own_role, whole_mute
from bot.channels.onebot.operator_notices import OperatorNotices
from bot.channels.onebot.quotes import QuoteStore, recognised
from bot.channels.onebot.requests import unanswered
from bot.channels.onebot.seats import note, seats_from
from bot.channels.onebot.watermarks import Watermarks
from bot.channels.seats import Seats
from bot.channels.untrusted import Fields, as_fields
from bot.clock import Clock
from community.updates import BotInvited, JoinRequested, MemberJoined, Message, SeatsChanged, Update

_LOOKUP_TIMEOUT = 5.0  # an event waits this long for what it does not tell, then goes on without
_RETRY_DELAY = timedelta(minutes=3)  # some need a while before they tell the history
_TRIES = 4
_OWN = (SeatsChanged, JoinRequested, BotInvited)  # what the channel has found out by asking


class Listener:
    """Feeds the updates of one account, in the order in which they came."""

    def __init__(
        self,
        account: Account,
        link: Link,
        feed: Feed,
        *,
        groups: Sequence[str],
        seats: Seats,
        watermarks: Watermarks,
        clock: Clock,
        quote_store: QuoteStore | None = None,
        chatter_filter: ChatterFilter | None = None,
        max_in_flight: int = MAX_IN_FLIGHT,
    ) -> None:
        self._account = account
        self._link = link
        self._batcher = Batcher(feed, self._on_stored, max_in_flight)
        self._groups = groups
        self._seats = seats
        self._watermarks = watermarks
        self._clock = clock
        self._quote_store = quote_store
        self._notices = OperatorNotices()
        self._tries = 0  # in vain, to fetch what was missed
        self._retry_at: datetime | None = None
        self._waiting = False  # for the next event: all before it are on their way
        if chatter_filter is not None:
            prefilter = EventPrefilter(
                chatter_filter, seats=seats, watermarks=watermarks, caught_up=self._is_caught_up
            )
            link.drops = prefilter.drops

    async def run(self, max_wait: float) -> None:
        """Fill the gap since the last connection, then handle events until there are no more."""
        link = self._link
        try:
            async with asyncio.timeout(max_wait):  # calls may come by a second connection
                await self._account.ready.wait()
        except TimeoutError:
            logger.warning("OneBot：只收到事件连接，没有 API 连接，机器人无法回复")
        try:
            await self._catch_up()
            while (event := await self._next()) is not None:
                await self._take(event)
                if link.events.empty() and (link.overflowed or self._is_retry_due()):
                    await self._batcher.drain()  # the gap lies before these, too
                    link.overflowed = False
                    await self._catch_up()
            await self._batcher.drain()
        finally:
            self._batcher.cancel()

    async def _next(self) -> object:
        self._waiting = True
        try:
            return await self._link.events.get()
        finally:
            self._waiting = False

    def _is_caught_up(self) -> bool:
        return self._waiting and self._link.events.empty() and not self._batcher

    async def _catch_up(self) -> None:
        await self._catch_up_messages()
        if self._account.online:
            for update in await unanswered(self._account, self._clock.now()):
                await self._take(update)

    def _is_retry_due(self) -> bool:
        """Whether to ask again for what could not be fetched; meanwhile everybody has to wait."""
        again = self._retry_at
        return again is not None and self._tries < _TRIES and self._clock.now() >= again

    async def _catch_up_messages(self) -> None:
        self._retry_at = None
        gaps = {group: await self._watermarks.gap(group) for group in self._groups}
        starts = {group: since for group, since in gaps.items() if since is not None}
        for group in starts:
            self._watermarks.open_gap(group)
        try:
            filled = [await self._fill(group, since) for group, since in starts.items()]
        except UnknownError:
            for group in starts:
                self._watermarks.close_gap(group)
            return
        except UnavailableError:
            filled = [False]
        if not all(filled):  # later, or the next connection, may bring it
            self._tries += 1
            self._retry_at = self._clock.now() + _RETRY_DELAY

    async def _fill(self, group: str, since: datetime) -> bool:
        try:
            events = await missed(self._account, group, since)
        except FailedError:
            return False
        self._watermarks.close_gap(group)
        for event in events:
            await self._take(event)
        return True

    async def _take(self, event: object) -> None:
        try:
            if (remark := self._notices.notice_for(as_fields(event))) is not None:
                logger.warning("OneBot：{}", remark)
                self._account.logged_in = self._notices.online
            self._follow(as_fields(event))
            update = event if isinstance(event, _OWN) else decode(event, self._seats)
            if update is not None:
                await self._pass_on(update)
        # One event that cannot be handled must not cost the connection and all that follow.
        except Exception as trouble:
            log_lost_event(trouble)

    def _follow(self, event: Fields) -> None:
        """Where the account itself is, and may speak."""
        if (move := own_move(event)) is not None:
            self._account.move(move[0], inside=move[1])
        if (mute := own_mute(event)) is not None:
            group, lasts = mute
            self._account.mutes.mute(group, None if lasts is None else self._clock.now() + lasts)
        if (whole := whole_mute(event)) is not None:
            self._account.mutes.mute_whole(whole[0], muted=whole[1])
        if (role := own_role(event)) is not None:
            self._account.roles[role[0]] = role[1]

    async def _pass_on(self, update: Update) -> None:
        if isinstance(update, MemberJoined):
            update = await self._with_name(update)
        note(self._seats, update)
        if isinstance(update, Message) and needs_quoted(update):
            update = await self._with_quoted(update)
        await self._batcher.put(update)

    def _on_stored(self, update: Update) -> None:
        """It is safe, and so is all that came before it, but for what was dropped: that is still to
        be fetched, and the gap begins there.
        """
        if not self._link.overflowed:
            self._watermarks.on_stored(update)

    async def _with_name(self, joined: MemberJoined) -> MemberJoined:
        """The notice says nothing but the number."""
        seat = joined.seat
        if seat.name or joined.group is None:
            return joined
        params: Fields = {"group_id": number(joined.group), "user_id": number(seat.account)}
        answer = await self._account.call("get_group_member_info", params, _LOOKUP_TIMEOUT)
        found = seats_from([answer.data], own=self._account.number)
        if answer.state != "ok" or not found or found[0].account != seat.account:
            return joined
        return joined.model_copy(update={"seat": found[0]})

    async def _with_quoted(self, message: Message) -> Message:
        if message.quoted is None:
            return message
        params = {"message_id": int(message.quoted.message_id)}
        answer = await self._account.call("get_msg", params, _LOOKUP_TIMEOUT)
        if answer.state != "ok":
            return message
        told, own = with_quoted(message, answer.data, self._seats), self._seats.own
        if told is message or self._quote_store is None or len(own) == 1:
            return told
        return await recognised(told, as_fields(answer.data), own, self._quote_store)
