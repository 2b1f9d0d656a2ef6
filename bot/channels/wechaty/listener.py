"""Handles the events of one child process, one after the other."""

import asyncio

from loguru import logger

from bot.channels.untrusted import Fields, as_fields, as_text
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.directory import Directory
from bot.channels.wechaty.incoming import IncomingMessages
from bot.channels.wechaty.link import Link, UnansweredError
from bot.channels.wechaty.room_events import RoomEvents
from bot.channels.wechaty.roster import Roster
from bot.channels.wechaty.values import as_id, as_name
from bot.logs import masked

_LOGIN = 10.0  # seconds after which the operator hears that nobody is logged in
_MAX_UNFETCHED = 1000

Event = tuple[str, Fields]
"""Its name, and what the gateway tells with it."""


class Listener:
    """Feeds the updates of one connection, in the order in which they came."""

    def __init__(self, state: ChannelState, *, stable: bool) -> None:
        self._state = state
        self._stable = stable
        self._directory = Directory(state, stable=stable)
        self._roster = Roster(state)
        self._incoming = IncomingMessages(state, self._directory, self._roster)
        self._room_events = RoomEvents(state, self._directory, self._roster)
        self._logged_in = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None  # the member lists, since this login
        self._unanswered: list[Event] = []  # of this connection, asked for in vain

    async def run(self, link: Link) -> None:
        """Until the connection ends and all that came by it is handled."""
        missing = asyncio.create_task(self._warn_without_login())
        try:
            while (event := await link.events.get()) is not None:
                await self._next(link, (str(event.get("event")), as_fields(event.get("data"))))
        finally:
            self._state.down()
            side = [task for task in (missing, self._keeping) if task is not None]
            for task in side:
                task.cancel()
            await asyncio.gather(*side, return_exceptions=True)

    def _keep_lists(self, link: Link) -> None:
        """Read them now, and from time to time; what another login has read is void."""
        if self._keeping is not None:
            self._keeping.cancel()
        self._keeping = asyncio.create_task(self._roster.keep_fresh(link))

    async def _warn_without_login(self) -> None:
        await self._state.clock.sleep(_LOGIN)
        if not self._logged_in.is_set():
            self._state.status_log.waiting()

    async def _next(self, link: Link, event: Event) -> None:
        """What the gateway does not give is asked for once more after the next event that it
        does, and then with the next login.
        """
        if not await self._take(link, event):
            self._unanswered.append(event)
            return
        again, self._unanswered = self._unanswered, []
        for late in again:
            if late in self._state.unfetched:
                self._state.unfetched.remove(late)
                await self._take(link, late)

    async def _catch_up(self, link: Link) -> None:
        """What was announced before this login and could not be fetched then."""
        unread, self._state.unfetched[:] = list(self._state.unfetched), []
        self._unanswered.clear()
        for event in unread:
            await self._take(link, event)

    async def _take(self, link: Link, event: Event) -> bool:
        """Whether it could be fetched."""
        name, data = event
        try:
            await self._handle(link, name, data)
        except UnansweredError:
            self._state.unfetched.append(event)
            del self._state.unfetched[:-_MAX_UNFETCHED]
            return False
        # One event that cannot be handled must not cost the connection and all that follow. Its
        # traceback may quote the message, so it stays at DEBUG.
        except Exception as trouble:
            logger.error("微信：一个 {} 事件没能处理（{}）", name, type(trouble).__name__)
            logger.opt(exception=trouble).debug("wechaty: the event that failed")
        return True

    async def _handle(self, link: Link, name: str, data: Fields) -> None:
        match name:
            case "message":
                await self._incoming.receive(link, as_id(data.get("messageId")))
            case "login":
                await self._login(link, as_id(data.get("contactId")))
            case "logout":
                self._state.down()
                self._state.status_log.logged_out()
            case "scan":
                self._state.status_log.scan(as_text(data.get("qrcode")))
            case "room-join":
                await self._room_events.joined(link, data)
            case "room-leave":
                await self._room_events.left(data)
            case "room-topic":
                await self._room_events.renamed(link, data)
            case "friendship":
                await self._room_events.asked(link, data)
            case "room-invite":
                await self._room_events.invited(link, data)
            case "taken":
                logger.warning("微信：网关上原来连着另一个程序，已接管；一个网关只能连一个机器人")

    async def _login(self, link: Link, own: str) -> None:
        state = self._state
        name = as_name(as_fields((await link.call("contact", id=own)).data).get("name"))
        anew = own != state.accounts.own and not self._stable
        if anew:
            state.rooms.forget_all()
            state.seats.forget_all()
            logger.warning(
                "微信：又是一次新的登录，成员的标识都变了；用 #绑定 认领原来的帖子和名片"
            )
        state.accounts.login(own, (name,))
        rooms = await self._directory.find_rooms(link)
        state.up(link)
        state.status_log.up(f"账号 {masked(own)} 已登录，在 {rooms} 个群里")
        self._logged_in.set()
        if anew or self._keeping is None:
            self._keep_lists(link)
        await self._catch_up(link)
