"""QQ through OneBot v11, by forward or reverse WebSocket."""

import asyncio
from collections.abc import Iterable

from starlette.websockets import WebSocket
from typing_extensions import override

from bot.channels.backoff import Backoff
from bot.channels.base import (
    Caps,
    ChatterFilter,
    Connectable,
    Feed,
    FiltersChatter,
    Sent,
    SharesGroups,
)
from bot.channels.onebot.account import Account
from bot.channels.onebot.accounts import Accounts, is_heard_by_all
from bot.channels.onebot.cards import set_card
from bot.channels.onebot.checks import check_forward, check_reverse
from bot.channels.onebot.connection import Connection, ConnectionContext
from bot.channels.onebot.deliver import deliver
from bot.channels.onebot.encode import Speaker, UnsendableError, encode
from bot.channels.onebot.fields import number
from bot.channels.onebot.forward import Dialler, Trouble, shown
from bot.channels.onebot.pool import AccountPool
from bot.channels.onebot.quotes import QuoteStore
from bot.channels.onebot.reverse import Caller, Gate
from bot.channels.onebot.roster import Roster
from bot.channels.onebot.temporary_chats import temporary_chat_group
from bot.channels.onebot.watermarks import AllWatermarks, Since
from bot.channels.onebot.wire import AcceptedWire, Wire
from bot.channels.seats import Seats
from bot.clock import Clock, SystemClock
from bot.finding import Finding
from community.actions import Action, Send, SetCard
from community.updates import Update

_START = 5.0  # seconds
_MUTED_RETRY = 60.0  # seconds after which it is looked again whether the account may speak
_POLICY_VIOLATION = 1008  # WebSocket codes: a policy was not met; try again later
_TRY_AGAIN_LATER = 1013


class OneBot(Connectable, FiltersChatter, SharesGroups):
    """One or more QQ accounts.

    With ``url`` the bot dials the implementation; without, the implementation dials
    ``/onebot/v11/ws`` on our web server, which hands the connection to ``accept``.
    ``groups``: addresses whose members and missed messages are read. ``since``: group to the
    time of its newest update from an earlier run; a group without one gets no old messages.
    ``sole``: no other channel has QQ accounts; else all have their ``pool`` in common.
    ``quote_store``: where to look for what was said to another account of the bot, or by it.
    """

    def __init__(
        self,
        *,
        access_token: str | None,
        url: str | None = None,
        groups: Iterable[str] = (),
        since: Since | None = None,
        sole: bool = True,
        pool: AccountPool | None = None,
        quote_store: QuoteStore | None = None,
        listen: str = "127.0.0.1:8080",
        timeout: float = 15.0,
        backlog: int = 10_000,
        clock: Clock | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        _check_settings(access_token, url)
        self.name = "onebot"
        self.caps = Caps(
            can_recall=True, can_answer_requests=True, can_set_card=True, can_kick=True
        )
        self.address = None if url is None else shown(url)
        self._token = access_token or ""
        self._url = url
        self._groups = tuple(group for group in groups if number(group) is not None)
        self._listen = listen
        self._clock = clock = clock or SystemClock()
        self._backoff = backoff or Backoff(clock)
        pool = pool or AccountPool()
        self._accounts = Accounts(pool)
        self._gate = Gate(self._token)
        self._seats = Seats(pool.own)
        self._timeout = timeout
        self._feed: Feed | None = None
        self._running = asyncio.Event()
        self._context = ConnectionContext(
            accounts=self._accounts,
            seats=self._seats,
            watermarks=AllWatermarks(since, clock),
            roster=Roster(
                groups=self._groups,
                seats=self._seats,
                clock=clock,
                refresh_own=self._accounts.refresh,
                sole=sole,
            ),
            groups=self._groups,
            timeout=timeout,
            backlog=backlog,
            feed=self._receive,
            clock=clock,
            quote_store=quote_store,
            dials=url is not None,
        )

    @property
    def is_dialled(self) -> bool:
        """Whether the implementation connects to us, and needs our web server for it."""
        return self._url is None

    def reaches(self, target: str) -> bool | None:
        """Whether one of the accounts that are connected is in this group or knows this person."""
        known = self._accounts.reaches(target, self._clock.now())
        if known is None and target not in self._groups and self._seats.group_of(target):
            return True
        return False if known is None and target in self._groups else known

    @property
    @override
    def connected(self) -> bool:
        """Whether some QQ account is there: an implementation may go on when QQ has thrown it out,
        with or without a word.
        """
        return self._accounts.responsive

    @override
    def filter_chatter(self, ignores: ChatterFilter) -> None:
        """Drop what this ignores, on connections that come from now on."""
        self._context.chatter_filter = ignores

    @override
    def is_shared(self, update: Update) -> bool:
        return is_heard_by_all(update)

    @override
    def may_speak(self, group: str) -> bool:
        return self._accounts.may_speak(group, self._clock.now())

    async def run(self, feed: Feed) -> None:
        """Receive until cancelled. Raises StartError when the access token is refused at once."""
        self._feed = feed
        self._running.set()
        try:
            if self._url is None:
                await asyncio.Event().wait()
            else:
                dialler = Dialler(self._url, self._token, backoff=self._backoff, clock=self._clock)
                await dialler.run(self._serve)
        finally:
            self._running.clear()
            await self._accounts.close()

    async def accept(self, websocket: WebSocket) -> None:
        """A connection that came to our web server."""
        caller = self._gate.admit(websocket)
        if caller is None:
            await websocket.close(_POLICY_VIOLATION)
            return
        try:
            async with asyncio.timeout(min(_START, self._timeout)):
                await self._running.wait()
        except TimeoutError:  # starting or stopping; the implementation comes back by itself
            await websocket.close(_TRY_AGAIN_LATER)
            return
        await websocket.accept()
        await self._serve(AcceptedWire(websocket), caller)

    async def perform(self, action: Action) -> Sent:
        """Say something, take it back, let somebody in, set a card."""
        shared, now = self._shared(action), self._clock.now()
        group = action.group if isinstance(action, Send) else None
        account = self._accounts.entitled(action) or self._accounts.account_for(
            action.target, shared, speaks_at=None if group is None else now
        )
        if account is None:
            return Sent("offline", detail="QQ 还没有连接")
        if (muted := account.mutes.wait(group, now)) > 0:
            return Sent("offline", detail="在这个群里被禁言", retry_after=min(muted, _MUTED_RETRY))
        via = await self._temporary_chat_group(account, action, shared)
        try:
            calls = encode(action, Speaker(account.number, account.name), via)
        except UnsendableError as reason:
            return Sent("refused", detail=str(reason))
        if isinstance(action, SetCard):
            return await set_card(account, action, calls, self._clock)
        return await deliver(account, calls, self._clock)

    async def check(self) -> list[Finding]:
        """Look whether it can be used, without starting to receive."""
        if self._url is None:
            return check_reverse(self._listen, self._token)
        return await check_forward(self._url, self._token, self._groups, self._timeout)

    def _shared(self, action: Action) -> str | None:
        """A group in which the person sits to whom something is said in private."""
        if not isinstance(action, Send) or action.account is None or action.group is not None:
            return None
        return action.via_group or self._seats.group_of(action.account)

    async def _temporary_chat_group(
        self, account: Account, action: Action, shared: str | None
    ) -> str | None:
        if shared is None or self._accounts.has_written(action.target):
            return None
        return await temporary_chat_group(account, action.target, shared)

    async def _serve(self, wire: Wire, caller: Caller | None = None) -> Trouble | None:
        connection = Connection(wire, caller or Caller("universal", None), self._context)
        return await connection.serve()

    async def _receive(self, update: Update) -> None:
        self._accounts.remember_addressed(update)
        kept = self._accounts.without_own(update)
        if self._feed is None or kept is None:
            return
        if not self._accounts.is_duplicate(kept, self._clock.now()):
            await self._feed(kept)


def _check_settings(access_token: str | None, url: str | None) -> None:
    if access_token is None and url is None:
        raise ValueError("反向 WebSocket 要写明 access_token（不用令牌就写成空字符串）")
    if access_token and not access_token.isascii():
        raise ValueError("access_token 只能用英文字母、数字和符号")
    if url is not None and not url.startswith(("ws://", "wss://")):
        raise ValueError("url 要以 ws:// 或 wss:// 开头")
