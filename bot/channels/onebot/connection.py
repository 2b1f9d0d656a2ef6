"""One connection from its first frame to its last."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from loguru import logger

from bot.channels.base import ChatterFilter, Feed
from bot.channels.onebot.account import Account
from bot.channels.onebot.accounts import Accounts
from bot.channels.onebot.batching import MAX_IN_FLIGHT
from bot.channels.onebot.fields import address, as_person
from bot.channels.onebot.forward import Trouble
from bot.channels.onebot.link import Link
from bot.channels.onebot.listener import Listener
from bot.channels.onebot.quotes import QuoteStore
from bot.channels.onebot.reverse import Caller
from bot.channels.onebot.roster import Roster
from bot.channels.onebot.watermarks import AllWatermarks
from bot.channels.onebot.wire import Wire
from bot.channels.seats import Seats
from bot.channels.untrusted import as_fields
from bot.clock import Clock
from bot.logs import masked


@dataclass
class ConnectionContext:
    """What all connections of a channel share."""

    accounts: Accounts
    seats: Seats
    watermarks: AllWatermarks
    roster: Roster
    groups: Sequence[str]
    timeout: float
    backlog: int
    feed: Feed
    clock: Clock
    dials: bool = False  # one implementation, which is logged in to one account at a time
    quote_store: QuoteStore | None = None
    chatter_filter: ChatterFilter | None = None  # None: all that is said is fed


class Connection:
    """Reads, listens and keeps the member lists, until the other side hangs up."""

    def __init__(self, wire: Wire, caller: Caller, context: ConnectionContext) -> None:
        self._caller = caller
        self._context = context
        self._link = Link(wire, timeout=context.timeout, backlog=context.backlog)

    async def serve(self) -> Trouble | None:
        """Until the connection ends and all that came by it is handled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._work())
                await self._link.read()
                await self._link.finish()
        # The boundary of a connection: whatever goes wrong in it, the next one gets its chance.
        except* Exception as trouble:
            logger.error("OneBot：连接出错（{}）", type(trouble.exceptions[0]).__name__)
            logger.opt(exception=trouble).debug("OneBot: the connection failed")
        return "token" if self._link.refused else None

    async def _work(self) -> None:
        account = await self._identify()
        if account is None:
            await self._link.close()
            await self._discard()
            return
        if self._context.dials:
            self._context.accounts.keep_only(account)
        self._context.seats.own.add(address(account.number))
        await account.attach(self._link, self._caller.role)
        logger.info("OneBot：QQ 账号 {} 已连接", masked(account.number))
        try:
            await self._context.accounts.refresh()
            await self._listen(account)
        finally:
            account.detach(self._link)

    async def _listen(self, account: Account) -> None:
        if self._caller.role == "api":
            await self._discard()
            return
        context = self._context
        listener = Listener(
            account,
            self._link,
            context.feed,
            groups=context.groups,
            seats=context.seats,
            watermarks=context.watermarks.of(account.number),
            quote_store=context.quote_store,
            chatter_filter=context.chatter_filter,
            clock=context.clock,
            max_in_flight=min(MAX_IN_FLIGHT, context.backlog),
        )
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(context.roster.keep_fresh(account))
            await listener.run(context.timeout)
            keeping.cancel()

    async def _discard(self) -> None:
        """Wait for the end; what comes until then is for nobody."""
        while await self._link.events.get() is not None:
            continue

    async def _identify(self) -> Account | None:
        """Whose connection it is: by its header, else by asking, else by its first event."""
        number = self._caller.number
        if number is None and self._caller.role != "event":
            answer = await self._link.call("get_login_info", {})
            number = as_person(as_fields(answer.data).get("user_id"))
        number = number or await self._link.self_id
        return self._context.accounts.get(number) if number else None
