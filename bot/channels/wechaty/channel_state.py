"""What the channel knows, whichever child is connected."""

from dataclasses import dataclass, field

from bot.channels.base import Feed
from bot.channels.seats import Seats
from bot.channels.untrusted import Fields
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.link import Link
from bot.channels.wechaty.recent import Recent
from bot.channels.wechaty.rooms import Rooms, RoomStore
from bot.channels.wechaty.status_log import StatusLog
from bot.clock import Clock


@dataclass
class ChannelState:
    """Outlives the connections."""

    rooms: Rooms
    accounts: Accounts
    status_log: StatusLog
    clock: Clock
    feed: Feed
    room_store: RoomStore | None = None
    admins: frozenset[str] = frozenset()
    seats: Seats = field(default_factory=Seats)
    recent: Recent = field(default_factory=Recent)
    gives_ids: bool = False  # the gateway has told once who is mentioned
    unfetched: list[tuple[str, Fields]] = field(default_factory=list)  # events, not yet fetched
    link: Link | None = None  # None: nobody is logged in

    def up(self, link: Link) -> None:
        """The account is logged in: things can be said."""
        self.link = link

    def down(self) -> None:
        """The account, or the gateway, is gone."""
        self.link = None
