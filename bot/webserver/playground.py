"""What visitors of the playground do, between its page and its channel."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime

from pydantic import ValidationError

from bot.channels.playground import Playground as Channel
from bot.channels.playground.codec import CONNECTION, to_message
from bot.channels.playground.sample import (
    ADMINS,
    BY_KEY,
    CHANNEL,
    COMMUNITY,
    GROUP,
    OPENING,
    PEOPLE,
    POSTS,
    address,
)
from bot.clock import Clock
from community.actions import Send, load_action
from community.errors import UserError
from community.settings import Settings
from community.updates import Seat, SeatsChanged, Update, load_update
from storage.database import Database
from storage.queries import counters
from storage.queries.people import seats
from storage.queries.traffic import playground
from storage.tables import Inbox, Outbox
from web.playground import Bubble, Person, Room

ANSWER_TIMEOUT = 5.0  # seconds for the answer, before the page is shown without it
_KEPT = 500  # messages of earlier runs that are shown again
_LONGEST = 2000
_Known = tuple[datetime, str, Update | Send]


class PlaygroundService:
    """Fulfils ``web.playground.Playground``. Lives in the loop of the bot.

    ``settle`` waits until the bot is idle.
    """

    def __init__(
        self,
        channel: Channel,
        settings: Settings,
        *,
        database: Database,
        clock: Clock,
        settle: Callable[[], Awaitable[None]],
        is_for_all: bool = False,
    ) -> None:
        self.settings = settings
        self.is_for_all = is_for_all
        self._channel = channel
        self._database = database
        self._clock = clock
        self._settle = settle
        self._readying = asyncio.Lock()
        self._is_ready = False
        self._seen: defaultdict[tuple[str, Room], int] = defaultdict(int)

    async def ready(self) -> None:
        """Show again what earlier runs have said; the first visitor of all finds samples."""
        async with self._readying:
            if self._is_ready:
                return
            known, number, inside = await asyncio.to_thread(self._stored)
            self._channel.restore(known)
            self._channel.inside.update(inside)
            if number < POSTS:  # none yet, or a process died while it put them in
                await self._post_samples()
            self._seen.update({(one.key, room): self.newest for one in PEOPLE for room in _ROOMS})
            self._seen["laochen", "admins"] = 0  # an application waits for him
            self._is_ready = True

    @property
    def people(self) -> Sequence[Person]:
        """Everybody."""
        return PEOPLE

    @property
    def newest(self) -> int:
        """Number of the last message of all."""
        return len(self._channel.bubbles)

    def account(self, person: Person) -> str:
        """His address."""
        return address(person)

    def sits(self, person: Person, room: Room) -> bool:
        """Everybody may speak to the bot alone; newcomers are not in the group yet."""
        match room:
            case "group":
                return person.key in self._channel.inside
            case "admins":
                return person.role == "admin"
        return True

    def history(self, person: Person, room: Room, *, since: int = 0) -> Sequence[Bubble]:
        """What was said there after that message. He has seen it now."""
        if not self.sits(person, room):
            return []
        self._seen[person.key, room] = self.newest
        return self._after(_place(person, room), since)

    def unseen(self, person: Person, room: Room | None = None) -> int:
        """What he has not seen of what the bot said there; without a room, of what calls him."""
        if room is not None:
            new = self._after(_place(person, room), self._seen[person.key, room])
            return sum(not one.author for one in new) if self.sits(person, room) else 0
        called = self._after(GROUP, self._seen[person.key, "group"])
        mine = sum(any(part.person == person.key for part in one.parts) for one in called)
        return mine + self.unseen(person, "private") + self.unseen(person, "admins")

    async def say(self, person: Person, room: Room, text: str, *, quote: str = "") -> None:
        """Speak, and wait a little for the answer. Raises UserError."""
        text = text.strip()
        if not self.sits(person, room):
            raise UserError(f"{person.name} 还没进群，先私聊机器人发 #申请。")
        if not text:
            raise UserError("写点什么再发。")
        if len(text) > _LONGEST:
            raise UserError(f"最多 {_LONGEST} 字，超出 {len(text) - _LONGEST} 字。")
        await self._speak(person, room, text, self._channel.new_id("in"), quote)

    async def _speak(
        self, person: Person, room: Room, text: str, key: str, quote: str = ""
    ) -> None:
        place = _place(person, room)
        message = to_message(
            person,
            text,
            group=None if room == "private" else place,
            key=key,
            time=self._clock.now(),
            quoted=self._channel.find(place, quote) if quote else None,
        )
        await self._channel.feed(message)
        await self._wait_until_idle()

    async def _wait_until_idle(self) -> None:
        with contextlib.suppress(TimeoutError):  # the page asks again by itself
            async with asyncio.timeout(ANSWER_TIMEOUT):
                seen = -1
                while seen != self.newest:  # who is brought into the group is then received
                    seen = self.newest
                    await self._settle()

    async def _post_samples(self) -> None:
        """Feed the samples like what visitors say; known keys are left out."""
        inside = [one for one in PEOPLE if one.role != "newcomer"]
        self._channel.inside.update(one.key for one in inside)
        taken = tuple(Seat(account=address(one), name=one.name) for one in inside)
        now = self._clock.now()
        await self._channel.feed(
            SeatsChanged(
                channel=CONNECTION, key="seats", time=now, group=GROUP, seats=taken, complete=True
            )
        )
        for number, (who, room, text) in enumerate(OPENING):
            await self._speak(BY_KEY[who], room, text, f"sample-{number}")

    def _after(self, place: str, since: int) -> list[Bubble]:
        return [one for one in self._channel.bubbles[since:] if one.place == place]

    def _stored(self) -> tuple[list[_Known], int, set[str]]:
        """What the database keeps of earlier runs, how many posts there were, and who sits."""
        with self._database.read() as session:
            heard = playground.heard(session, channel=CONNECTION, limit=_KEPT)
            said = playground.said(session, channel=CHANNEL, limit=_KEPT)
            posts = counters.value(session, community_id=COMMUNITY, name="post")
            sitting = seats.of_group(session, community_id=COMMUNITY, group=GROUP)
            known = [*_heard(heard), *_said(said)]
        known.sort(key=lambda one: one[0])
        inside = {seat.account.partition(":")[2] for seat in sitting.values() if not seat.left_at}
        return known, posts, inside


_ROOMS: tuple[Room, ...] = ("group", "private", "admins")


def _heard(rows: Iterable[Inbox]) -> Iterator[_Known]:
    """What people said or did, but for rows of a version that wrote them otherwise."""
    for row in rows:
        with contextlib.suppress(ValidationError):
            if row.update:
                yield row.received_at, "", load_update(row.update)


def _said(rows: Iterable[Outbox]) -> Iterator[_Known]:
    """What the bot said, likewise."""
    for row in rows:
        with contextlib.suppress(ValidationError):
            action = load_action(row.action)
            if isinstance(action, Send):
                yield row.sent_at or row.created_at, row.message_id or "", action


def _place(person: Person, room: Room) -> str:
    match room:
        case "group":
            return GROUP
        case "admins":
            return ADMINS
    return address(person)
