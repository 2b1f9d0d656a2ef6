"""The playground channel: a group, an admins' group and private chats, all in this process."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from secrets import token_hex

from bot.channels.base import Caps, Feed, Sent
from bot.channels.playground import codec
from bot.channels.playground.codec import CONNECTION
from bot.channels.playground.sample import BY_KEY, CHANNEL, GROUP
from bot.clock import Clock, SystemClock
from bot.finding import Finding
from community.actions import Action, Invite, Kick, Send
from community.updates import MemberJoined, MemberLeft, Message, Seat, Update
from web.playground import Bubble, Person


class Playground:
    """Keeps what was said while the process runs; ``bot.webserver.playground`` speaks for visitors.

    ``session`` keeps message ids apart over restarts.
    """

    name = CHANNEL
    address: str | None = None
    caps = Caps(can_invite=True, can_kick=True, paced=False)

    def __init__(self, *, clock: Clock | None = None, session: str | None = None) -> None:
        self._clock = clock or SystemClock()
        self._session = session or token_hex(6)
        self._ids = count(1)
        self._feed: Feed | None = None
        self._running = asyncio.Event()
        self._bubbles: list[Bubble] = []
        self._by_id: dict[tuple[str, str], Bubble] = {}
        self.inside: set[str] = set()  # keys of those who sit in the group

    @property
    def bubbles(self) -> list[Bubble]:
        """All that was said, in order; the n-th has the number n, from 1 on."""
        return self._bubbles

    def reaches(self, target: str) -> bool:
        """Everybody who plays sits here."""
        del target
        return True

    async def run(self, feed: Feed) -> None:
        """Let ``feed`` pass from now on, and return: when the console ends, the bot ends."""
        self._feed = feed
        self._running.set()

    async def perform(self, action: Action) -> Sent:
        """Show what the bot says; bring somebody into the group, or put him out."""
        if not action.target.startswith(f"{CHANNEL}:"):
            return Sent("refused", detail="试玩里没有这个地方")
        match action:
            case Send():
                message_id = self.new_id("out")
                self._show_own(action, message_id, self._clock.now())
                return Sent("sent", message_id)
            case Invite(account=account) if person := _person(account):
                self.inside.add(person.key)
                await self.feed(self._joined(Seat(account=account, name=person.name)))
                return Sent("sent")
            case Kick(account=account) if person := _person(account):
                self.inside.discard(person.key)
                await self.feed(self._left(account))
                return Sent("sent")
        return Sent("refused", detail="试玩里做不到")

    async def check(self) -> list[Finding]:
        """There is nothing that could be missing."""
        return [Finding(ok=True, text="试玩：在浏览器里")]

    async def feed(self, update: Update) -> None:
        """Show what somebody has done, and hand it to the bot; wait for that until it runs."""
        await self._running.wait()
        assert self._feed is not None
        self._show(update, self._clock.now())
        await self._feed(update)

    def new_id(self, kind: str) -> str:
        """Unique also over restarts."""
        return f"{self._session}-{kind}-{next(self._ids)}"

    def find(self, place: str, message_id: str) -> Bubble | None:
        """A message of a chat."""
        return self._by_id.get((place, message_id))

    def restore(self, known: Iterable[tuple[datetime, str, Update | Send]]) -> None:
        """What has been heard and said so far (when, id, what), as the database keeps it."""
        self._bubbles.clear()
        self._by_id.clear()
        for at, message_id, one in known:
            if isinstance(one, Send):
                self._show_own(one, message_id, at)
            else:
                self._show(one, at)

    def _joined(self, seat: Seat) -> MemberJoined:
        key, now = self.new_id("in"), self._clock.now()
        return MemberJoined(channel=CONNECTION, key=key, time=now, group=GROUP, seat=seat)

    def _left(self, account: str) -> MemberLeft:
        key, now = self.new_id("in"), self._clock.now()
        return MemberLeft(channel=CONNECTION, key=key, time=now, group=GROUP, account=account)

    def _show(self, update: Update, at: datetime) -> None:
        quoted = None
        if isinstance(update, Message) and update.quoted is not None:
            place = update.group or update.sender.account
            quoted = self.find(place, update.quoted.message_id)
        self._add(codec.heard(update, len(self._bubbles) + 1, at, quoted))

    def _show_own(self, send: Send, message_id: str, at: datetime) -> None:
        quoted = self.find(send.target, send.quote) if send.quote else None
        self._add(codec.said(send, len(self._bubbles) + 1, message_id, at, quoted))

    def _add(self, bubble: Bubble | None) -> None:
        if bubble is not None:
            self._bubbles.append(bubble)
            self._by_id[bubble.place, bubble.id] = bubble


def _person(account: str) -> Person | None:
    return BY_KEY.get(account.partition(":")[2])
