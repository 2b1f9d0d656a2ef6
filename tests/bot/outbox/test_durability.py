"""What of the sending has to be on the disk at once."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from typing_extensions import override

from bot.channels.base import Sent
from bot.outbox.durability import SPAN, Durability
from bot.outbox.job import Job
from bot.outbox.store import Store
from storage.database import Database
from tests.bot.sending import REFUSED, UNKNOWN, Sending, group, private
from tests.fakes import START, FakeClock

LANE, OTHER = "onebot:100", "onebot:200"
SENT = Sent("sent")


@pytest.mark.parametrize("sent", [UNKNOWN, REFUSED, Sent("offline")])
def test_what_did_not_go_well_is_never_told_twice(sent: Sent) -> None:
    durability = Durability()
    durability.on_recorded(LANE, START, flushed=True, more=False)
    assert durability.must_flush_record(sent, START)


@pytest.mark.parametrize("later", [SPAN, -SPAN, timedelta(hours=1)])
def test_successes_are_flushed_once_a_second(later: timedelta) -> None:
    durability = Durability()
    assert durability.must_flush_record(SENT, START)
    durability.on_recorded(LANE, START, flushed=True, more=False)
    assert not durability.must_flush_record(SENT, START + SPAN / 2)
    assert durability.must_flush_record(SENT, START + later)


def test_of_one_conversation_only_the_last_success_is_in_the_air() -> None:
    durability = Durability()
    durability.on_recorded(LANE, START, flushed=False, more=True)
    assert durability.must_flush_claim(LANE)
    assert not durability.must_flush_claim(OTHER)
    durability.on_claimed(LANE)
    assert not durability.must_flush_claim(LANE)


@dataclass(frozen=True)
class Watched(Store):
    """A store that notes which of its transactions wait for the disk."""

    waits: list[tuple[str, bool]] = field(default_factory=list)

    @override
    def claim_next(
        self, lane: str, holder: int | None = None, *, durable: bool = True
    ) -> Job | None:
        job = super().claim_next(lane, holder, durable=durable)
        if job is not None:
            self.waits.append(("claim", durable))
        return job

    @override
    def record(self, job: Job, sent: Sent, *, durable: bool = True) -> set[str]:
        self.waits.append(("record", durable))
        return super().record(job, sent, durable=durable)


@pytest.mark.anyio
async def test_the_sender_waits_for_the_disk_where_it_matters(
    database: Database, clock: FakeClock
) -> None:
    sending = Sending(database, clock)
    sending.store = watched = Watched(database, clock)
    sending.sender = sending.make_sender()
    assert len(await sending.send(group("一"), group("二"), group("三"))) == 3
    assert watched.waits == [
        ("claim", False), ("record", True),
        ("claim", False), ("record", False),
        ("claim", True), ("record", False),
    ]  # fmt: skip
    sending.channel.answers = [UNKNOWN]
    await sending.send(private("四"))
    assert watched.waits[-2:] == [("claim", False), ("record", True)]
