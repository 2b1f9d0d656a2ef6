"""Two processes hear the same group, each by an account of its own: one stores what is said."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from sqlmodel import col, select
from typing_extensions import override

from bot.channels.base import SharesGroups
from bot.coordination.neighbours import Neighbours
from bot.incoming.copies import MOMENT
from bot.incoming.inbox import Inbox
from bot.retry import Retry
from community.updates import Message, Update
from storage.database import Database
from storage.tables import Inbox as Row
from tests.bot.outage import Forgetful
from tests.bot.people import GROUP, OTHER_GROUP, message
from tests.fakes import START, FakeClock
from tests.listening import listening
from tests.living import living

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]

FIRST, SECOND, LEASE = 2, 4, 5


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


class Night(FakeClock):
    """Nobody wakes before ``morning``, which it is from the start."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep, self.morning = asyncio.Event(), asyncio.Event()
        self.morning.set()

    @override
    async def sleep(self, seconds: float) -> None:
        self.asleep.set()
        await self.morning.wait()
        await super().sleep(seconds)


@dataclass
class Account(SharesGroups):
    """An account in a process of its own."""

    database: Database
    number: int
    clock: Night = field(default_factory=Night)
    speaks: bool = True
    leases: set[int] = field(default_factory=set)
    pushed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.neighbours = Neighbours(self.clock)
        self.inbox = Inbox(
            self.database,
            clock=self.clock,
            retry=Retry(self.clock),
            push=lambda _lane, id_: self.pushed.append(id_),
            instance_id=self.number,
            own_numbers=lambda: {self.number} | self.leases,
            neighbours=self.neighbours,
        )

    @override
    def is_shared(self, update: Update) -> bool:
        return update.group != OTHER_GROUP

    @override
    def may_speak(self, group: str) -> bool:
        return self.speaks

    async def hears(self, said: Message) -> bool:
        """Its own copy: the id is another one. Whether it was taken."""
        told = {"channel": f"onebot:{self.number}", "key": f"{self.number} {said.key}"}
        lease = next(iter(self.leases), None)
        return await self.inbox.store(said.model_copy(update=told), lease, self)


@pytest.fixture
def first(database: Database) -> Account:
    """One process."""
    return Account(database, FIRST)


@pytest.fixture
def second(database: Database) -> Account:
    """Another one."""
    return Account(database, SECOND)


def stored(database: Database) -> list[str]:
    """Whose copies were taken of what, in order: "2 m1"."""
    with database.read() as session:
        return list(session.exec(select(Row.key).order_by(col(Row.id))))


def words(count: int) -> list[Message]:
    """One in each second, but for the first two."""
    times = [START + timedelta(seconds=max(n, 1)) for n in range(count)]
    return [message(key=f"m{n}").model_copy(update={"time": at}) for n, at in enumerate(times)]


async def test_each_is_taken_once_however_they_race(
    database: Database, first: Account, second: Account
) -> None:
    said = words(60)
    pace = Random(1)

    async def listen(account: Account) -> list[bool]:
        hearing = []
        for one in said:
            hearing.append(asyncio.create_task(account.hears(one)))
            for _ in range(pace.randrange(40)):
                await asyncio.sleep(0)
        return await asyncio.gather(*hearing)

    heard = await asyncio.gather(listen(first), listen(second))
    taken = stored(database)
    assert sorted(key.partition(" ")[2] for key in taken) == sorted(one.key for one in said)
    assert len(first.pushed) + len(second.pushed) == len(said) == sum(map(sum, heard))
    for number in (FIRST, SECOND):
        keys = [key for key in taken if key.startswith(f"{number} ")]
        assert keys == [f"{number} {one.key}" for one in said if f"{number} {one.key}" in keys]


async def test_who_took_the_last_one_takes_the_next(
    database: Database, first: Account, second: Account
) -> None:
    one, two, three = words(4)[1:]
    assert await first.hears(one)
    clock = second.clock
    clock.morning.clear()
    with living(database, FIRST):
        waiting = asyncio.create_task(second.hears(two))
        await clock.asleep.wait()
        assert await first.hears(two)
        clock.morning.set()
        assert not await waiting
    assert (first.neighbours.answers(GROUP), second.neighbours.answers(GROUP)) == (False, True)
    clock.morning.clear()
    assert not await second.hears(one)
    assert await second.hears(three)  # the first one is gone, and nobody waits for it
    assert not await first.hears(three)
    assert (first.neighbours.answers(GROUP), second.neighbours.answers(GROUP)) == (True, False)
    assert stored(database) == ["2 m1", "2 m2", "4 m3"]


async def test_what_the_first_one_does_not_take_the_second_one_takes_in_order(
    database: Database, first: Account, second: Account
) -> None:
    said = words(10)[1:]
    assert await first.hears(said[0])
    with living(database, FIRST):
        assert all(await asyncio.gather(*(second.hears(one) for one in said[1:5])))
        waited = second.clock.now() - START
        assert waited >= timedelta(seconds=MOMENT)
        assert all([await second.hears(one) for one in said[5:]])  # it is its turn now
    assert second.clock.now() - START == waited
    assert stored(database) == ["2 m1", *(f"4 m{n}" for n in range(2, 10))]


async def test_who_may_not_speak_there_leaves_it_to_the_other(
    first: Account, second: Account
) -> None:
    one, two, three = words(4)[1:]
    clock, first.speaks = first.clock, False
    clock.morning.clear()
    muted = asyncio.create_task(first.hears(one))
    await clock.asleep.wait()
    assert await second.hears(one)
    clock.morning.set()
    assert not await muted
    assert await first.hears(two)  # the other one has not heard it
    assert await first.hears(three.model_copy(update={"group": OTHER_GROUP}))
    assert first.clock.now() - START >= 2 * timedelta(seconds=MOMENT)


async def test_who_hangs_up_meanwhile_leaves_it_behind(
    database: Database, first: Account, second: Account
) -> None:
    one, two = words(3)[1:]
    clock = second.clock
    clock.morning.clear()
    assert await first.hears(one)
    with living(database, FIRST):
        hearing = asyncio.create_task(second.hears(two))
        await clock.asleep.wait()
        hearing.cancel()
        await asyncio.wait((hearing,))
        clock.morning.set()
        await second.inbox.settle()
    assert stored(database) == ["2 m1", "4 m2"]


async def test_what_is_stored_is_handled_though_the_other_one_has_its_turn_since(
    database: Database, second: Account
) -> None:
    forgetful = Forgetful(database.url)
    first, (one, two) = Account(forgetful, FIRST), words(3)[1:]
    first.clock.morning.clear()
    hearing = asyncio.create_task(first.hears(one))
    await first.clock.asleep.wait()  # it is stored, and is tried again
    with living(database, SECOND):
        assert await second.hears(two)
        first.clock.morning.set()
        assert await hearing
    assert len(first.pushed) == 1
    forgetful.close()


async def test_who_loses_the_account_meanwhile_handles_it_all_the_same(
    database: Database, first: Account, second: Account
) -> None:
    one, two, three = words(4)[1:]
    clock, second.leases = second.clock, {LEASE}
    assert await first.hears(one)
    with living(database, FIRST):
        clock.morning.clear()
        hearing = asyncio.create_task(second.hears(two))
        await clock.asleep.wait()
        second.leases.clear()  # who has it now has looked for its rows already
        clock.morning.set()
        assert await hearing
    second.leases.add(LEASE)
    assert await second.hears(three)
    with database.read() as session:
        holders = list(session.exec(select(Row.holder).order_by(col(Row.id))))
    assert holders == [FIRST, SECOND, LEASE]


async def test_what_others_are_told_as_well_stays_before_what_nobody_else_is_told(
    database: Database, first: Account
) -> None:
    shared, own = message(key="a"), message(key="b", group=OTHER_GROUP)
    assert all(await asyncio.gather(first.hears(shared), first.hears(own)))
    assert stored(database) == ["2 a", "2 b"]


async def test_what_nobody_else_is_told_needs_no_lock(database: Database, first: Account) -> None:
    elsewhere = message(key="a", group=OTHER_GROUP)
    asked: list[str] = []
    with listening(database, "before_cursor_execute", lambda *call: asked.append(call[2])):
        assert await first.hears(elsewhere)
        assert not any("advisory" in statement for statement in asked)
        assert await first.hears(message(key="b"))
        assert any("advisory" in statement for statement in asked)
