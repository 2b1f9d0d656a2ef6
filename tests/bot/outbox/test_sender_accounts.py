"""Several accounts of one platform: each has a pace and a breaker of its own."""

from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from bot.outbox.breaker import COOL_DOWN
from storage.database import Database
from tests.bot.sending import UNKNOWN, Sending, group
from tests.fakes import START, FakeChannel, FakeClock

pytestmark = pytest.mark.anyio


@dataclass
class Seated(FakeChannel):
    """An account that sits in some groups."""

    seats: set[str] = field(default_factory=set)

    @override
    def reaches(self, target: str) -> bool:
        """Only where it sits."""
        return target in self.seats


HERE = [f"onebot:{n}" for n in range(100, 105)]
THERE = [f"onebot:{n}" for n in range(200, 205)]


@pytest.fixture
def here() -> Seated:
    return Seated(address="ws://a", seats=set(HERE))


@pytest.fixture
def there() -> Seated:
    return Seated(address="ws://b", seats=set(THERE))


async def test_one_in_trouble_does_not_silence_the_others(
    database: Database, clock: FakeClock, here: Seated, there: Seated
) -> None:
    here.answers = [UNKNOWN] * 3
    sending = Sending(database, clock, here, others=(there,))
    await sending.send(*(group("x", lane) for lane in HERE[:3]))
    assert sending.alarms == ["onebot"]
    assert sending.sender.halted() == {"onebot"}
    await sending.send(*(group("x", lane) for lane in THERE))
    assert len(there.done) == len(THERE)
    assert clock.now() - START < COOL_DOWN
    await sending.send(group("x", HERE[0]))
    assert clock.now() - START >= COOL_DOWN
    assert sending.sender.halted() == set()


async def test_one_does_not_wait_for_the_breath_of_another(
    database: Database, clock: FakeClock, here: Seated, there: Seated
) -> None:
    sending = Sending(database, clock, here, others=(there,), min_interval=3)
    await sending.send(group("x", HERE[0]))
    assert sending.sender.claim_permit(HERE[1]) is None
    assert sending.sender.claim_permit(THERE[0]) is not None
