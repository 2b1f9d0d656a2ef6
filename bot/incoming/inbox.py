"""Storing what comes in: many updates that arrive together share one commit."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from bot.channels.base import SharesGroups
from bot.clock import Clock
from bot.coordination.neighbours import Neighbours
from bot.faults import log_fault
from bot.incoming.copies import Copies, Offer, Outcome
from bot.retry import Retry
from community.updates import Message, Update, dump_update, lane_of
from storage.database import Database
from storage.queries.traffic import copies, inbox, lane_locks
from storage.queries.traffic.inbox import Received

BATCH = 500  # rows of one transaction: others want to write, too

Key = tuple[str, str]
Pending = tuple[Offer, asyncio.Future[Outcome]]
Numbers = Callable[[], Collection[int]]


class Inbox:
    """From the moment ``store`` returns, the update survives any crash.

    ``push`` is given the lane and the id of each new row, in the order in which they came.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        retry: Retry,
        push: Callable[[str, int], None],
        instance_id: int | None = None,
        own_numbers: Numbers = frozenset,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._retry = retry
        self._push = push
        self._instance_id = instance_id
        self._own_numbers = own_numbers
        self._copies = Copies(self._offer_copy, clock=clock, neighbours=neighbours)
        self._pending: list[Pending] = []
        self._flushing: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> bool:
        """Something is still to be stored."""
        return self._flushing is not None and not self._flushing.done()

    async def settle(self) -> None:
        """Wait until all that has come is stored, or left to another process."""
        await self._copies.settle()
        if self._flushing is not None:
            await asyncio.wait((self._flushing,))

    async def store(
        self, update: Update, holder: int | None = None, shares: SharesGroups | None = None
    ) -> bool:
        """Commit the update. False: it was known already. ``holder``: under which number it is
        handled, if not that of the process. ``shares``: by what it came, if what it is told may be
        told to other processes as well.

        Whoever is cancelled while waiting here leaves the update behind: it is handled.
        """
        row = Received(
            channel=update.channel,
            key=update.key,
            lane=lane_of(update),
            sender=update.sender.account if isinstance(update, Message) else None,
            update=dump_update(update),
            sent_at=update.time,
            received_at=self._clock.now(),
            holder=self._instance_id if holder is None else holder,
        )
        if shares is None or not shares.is_shared(update):
            return await self._offer(Offer(row)) == "stored"
        speaks = shares.may_speak(row.lane)
        return await self._copies.store(row, speaks=speaks) == "stored"

    def _offer_copy(self, offer: Offer) -> asyncio.Future[Outcome]:
        """An account may have gone to another process while its copy waited, and that process
        would not look for it any more: then it is handled under our own number.
        """
        if offer.row.holder not in self._own_numbers():
            offer = replace(offer, row=offer.row._replace(holder=self._instance_id))
        return self._offer(offer)

    def _offer(self, offer: Offer) -> asyncio.Future[Outcome]:
        """Put it in line."""
        stored: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._pending.append((offer, stored))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return stored

    async def _flush(self) -> None:
        while self._pending:
            batch, self._pending = self._pending[:BATCH], self._pending[BATCH:]
            # Of two equal keys in a batch the first is stored, the second is a repetition.
            unique = {_key(offer.row): offer for offer, _ in reversed(batch)}
            done = await self._insert(list(reversed(unique.values())))
            for offer, stored in batch:
                key = _key(offer.row)
                id_ = done.ids.pop(key, None)
                if id_ is not None:
                    self._push(offer.row.lane, id_)
                if not stored.done():
                    left = done.left.get(key, "known")
                    stored.set_result(left if id_ is None else "stored")

    async def _insert(self, offers: Sequence[Offer]) -> "_Done":
        try:
            work = _StoreRows(self._database, offers, self._own_numbers())
            return await self._retry.until_it_works(work)
        except Exception as error:  # one row that no database takes must not cost the others
            if len(offers) == 1:
                log_fault("an update cannot be stored and is dropped", error)
                return _Done()
        all_ = _Done()
        for offer in offers:
            done = await self._insert([offer])
            all_.ids |= done.ids
            all_.left |= done.left
        return all_


@dataclass
class _Done:
    """The id of each new row, and why others were left out that are not simply known."""

    ids: dict[Key, int] = field(default_factory=dict)
    left: dict[Key, Outcome] = field(default_factory=dict)


class _StoreRows:
    """Rows that are stored together, tried until it works. Called in threads, one at a time."""

    def __init__(
        self, database: Database, offers: Sequence[Offer], own_numbers: Collection[int]
    ) -> None:
        self._database = database
        self._offers = offers
        self._own_numbers = own_numbers
        self._tried = False

    def __call__(self) -> _Done:
        """What came of them. After a commit of which perhaps only the answer was lost, what it
        stored is no repetition.
        """
        again, self._tried = self._tried, True
        with self._database.begin() as session:
            rows = [one.row for one in self._offers]
            ids = inbox.stored(session, rows=rows) if again else {}
            new = [one for one in self._offers if _key(one.row) not in ids]
            left = self._judge(session, new)
            taken = [one.row for one in new if _key(one.row) not in left]
            return _Done(ids | inbox.add(session, rows=taken), left)

    def _judge(self, session: Session, offers: Sequence[Offer]) -> dict[Key, Outcome]:
        """Those of which another copy is taken, or may be."""
        left: dict[Key, Outcome] = {}
        shared = [(one.row, one.stance) for one in offers if one.stance is not None]
        if shared:
            lane_locks.lock(session, lanes=[row.lane for row, _ in shared])
        for row, stance in shared:
            mine = {row.holder, *self._own_numbers}
            verdict = copies.judge(session, row=row, stance=stance, mine=mine)
            if verdict != "take":
                left[_key(row)] = verdict
        return left


def _key(row: Received) -> Key:
    return row.channel, row.key
