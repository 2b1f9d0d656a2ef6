"""WeChat through a Wechaty puppet service."""

from collections.abc import Iterable

from typing_extensions import override

from bot.channels.backoff import Backoff
from bot.channels.base import Caps, Connectable, Feed, Sent
from bot.channels.wechaty.accounts import PREFIX, Accounts
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.checks import check
from bot.channels.wechaty.deliver import deliver
from bot.channels.wechaty.encode import EncodingContext, UnsendableError, encode
from bot.channels.wechaty.link import Address, Link
from bot.channels.wechaty.listener import Listener
from bot.channels.wechaty.recent import Said, made_up
from bot.channels.wechaty.rooms import Rooms, RoomStore
from bot.channels.wechaty.status_log import StatusLog
from bot.channels.wechaty.supervisor import Supervisor
from bot.clock import Clock, SystemClock
from bot.finding import Finding
from community.actions import Action, Send
from community.updates import Update

_CEILING = 4.0  # seconds between two looks for a gateway that is away


class Wechaty(Connectable):
    """One WeChat account, in the rooms of ``groups``. Only there, and in private, it listens.

    ``admins``: accounts whose invitations it follows. ``room_store`` keeps which room a topic was.
    """

    def __init__(
        self,
        address: Address,
        *,
        groups: Iterable[str] = (),
        admins: Iterable[str] = (),
        stable_ids: bool = True,
        room_store: RoomStore | None = None,
        clock: Clock | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        clock = clock or SystemClock()
        self.name = "wechaty"
        self.caps = Caps(can_recall=True, can_answer_requests=True, can_invite=True, can_kick=True)
        self.address: str | None = address.endpoint
        self._address = address
        self._stable = stable_ids
        self._groups = tuple(one for one in groups if one.startswith(PREFIX))
        self._clock = clock
        self._backoff = backoff or Backoff(clock, ceiling=_CEILING)
        self._state = ChannelState(
            rooms=Rooms(self._groups),
            accounts=Accounts(stable=stable_ids),
            status_log=StatusLog(address.endpoint),
            clock=clock,
            feed=_nowhere,
            room_store=room_store,
            admins=frozenset(admins),
        )

    def reaches(self, target: str) -> bool:
        """There is one account."""
        del target
        return True

    @property
    @override
    def connected(self) -> bool:
        """Whether the account is logged in."""
        return self._state.link is not None

    async def run(self, feed: Feed) -> None:
        """Receive until cancelled."""
        self._state.feed = feed
        supervisor = Supervisor(
            self._address, self._state.status_log, backoff=self._backoff, clock=self._clock
        )
        await supervisor.run(self._serve)

    async def perform(self, action: Action) -> Sent:
        """Carry out an action, as far as WeChat knows it."""
        state, link = self._state, self._state.link
        if link is None:
            return Sent("offline", detail="微信还没有登录")
        try:
            calls = encode(action, EncodingContext(state.accounts, state.rooms, state.recent))
        except UnsendableError as reason:
            return Sent("refused", detail=str(reason))
        sent = await deliver(link, calls, self._clock)
        return self._with_message_id(action, sent) if isinstance(action, Send) else sent

    async def check(self) -> list[Finding]:
        """Look whether it can be used, without starting to receive."""
        return await check(self._address, self._groups)

    async def _serve(self, link: Link) -> None:
        await Listener(self._state, stable=self._stable).run(link)

    def _with_message_id(self, action: Send, sent: Sent) -> Sent:
        """Note what was said, so that a quote of it is understood, with or without an id."""
        if sent.state != "sent":
            return sent
        lane, accounts = action.target, self._state.accounts
        name = min(accounts.names, default="")
        message_id = sent.message_id or made_up(lane, name, action.text)
        self._state.recent.note(lane, Said(message_id, accounts.address, name, action.text))
        return Sent("sent", message_id, sent.detail)


async def _nowhere(_update: Update) -> None:
    """Until the channel runs, nothing comes in."""
