"""What the handling of an update takes out of the outbox by itself goes out without a claim."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.channels.base import Caps, Sent
from bot.outbox.job import ALREADY_HANDLED, ClaimPermit, Handled
from community.actions import Action
from storage.database import Database
from storage.queries.traffic import outbox
from storage.tables import Outbox
from tests.bot.sending import OFFLINE, UNKNOWN, Sending, Staged, group
from tests.fakes import FakeClock
from tests.listening import listening

pytestmark = pytest.mark.anyio

LANE, OTHER = "onebot:100", "onebot:200"


def handle(sending: Sending, permit: ClaimPermit | None, *actions: Action) -> Handled:
    """What a handler does: its words and what is taken out are one transaction."""
    with sending.database.begin() as session:
        sending.put_in(session, *actions)
        job = permit.claim(session) if permit else None
        return Handled(outbox.touched(session), job)


def tries(sending: Sending) -> list[int]:
    with sending.database.read() as session:
        return list(session.exec(select(Outbox.tries).order_by(col(Outbox.id))))


async def test_it_goes_out_without_another_claim(sending: Sending) -> None:
    permit = sending.sender.claim_permit(LANE)
    commits: list[object] = []
    with listening(sending.database, "commit", commits.append):
        handled = handle(sending, permit, group("a"))
        assert sending.states() == ["sending"]
        sending.sender.on_handled(LANE, handled)
        await sending.sender.settle()
    assert (sending.said, sending.states(), tries(sending)) == (["a"], ["sent"], [1])
    assert len(commits) == 2  # the handler's, and how it went


async def test_what_follows_it_goes_out_too_and_what_waits_goes_before(sending: Sending) -> None:
    sending.put(group("early"))
    actions = group("a"), group("b"), group("c", OTHER)
    sending.sender.on_handled(LANE, handle(sending, sending.sender.claim_permit(LANE), *actions))
    await sending.sender.settle()
    assert [one for one in sending.said if one != "c"] == ["early", "a", "b"]
    assert sending.states() == ["sent"] * 4


async def test_an_offline_channel_is_asked_again(sending: Sending) -> None:
    sending.channel.answers = [OFFLINE] * 2
    sending.sender.on_handled(LANE, handle(sending, sending.sender.claim_permit(LANE), group("a")))
    await sending.sender.settle()
    assert (sending.said, sending.states()) == (["a"] * 3, ["sent"])


async def test_nothing_is_taken_where_something_is_being_sent(
    database: Database, clock: FakeClock
) -> None:
    channel = Staged(held=asyncio.Event())
    sending = Sending(database, clock, channel)
    sending.sender.wake(sending.put(group("a")))
    assert sending.sender.claim_permit(LANE) is None
    assert sending.sender.claim_permit(OTHER) is not None
    assert channel.held is not None
    channel.held.set()
    await sending.sender.settle()
    assert sending.sender.claim_permit(LANE) is not None


async def test_nothing_is_taken_that_would_have_to_wait(
    database: Database, clock: FakeClock
) -> None:
    sending = Sending(database, clock, min_interval=3)
    await sending.send(group("a"))
    assert sending.sender.claim_permit(LANE) is None
    assert sending.sender.claim_permit(OTHER) is None  # the channel takes a breath
    clock.advance(timedelta(seconds=2))
    assert sending.sender.claim_permit(LANE) is None
    assert sending.sender.claim_permit(OTHER) is not None
    clock.advance(timedelta(seconds=2))
    assert sending.sender.claim_permit(LANE) is not None


async def test_nothing_is_taken_for_a_channel_in_trouble(sending: Sending) -> None:
    sending.channel.answers = [UNKNOWN] * 3
    await sending.send(*(group(str(n)) for n in range(3)))
    assert sending.alarms == ["onebot"]
    assert sending.sender.claim_permit(LANE) is None
    assert sending.sender.claim_permit("wechaty:nobody") is None


async def test_nothing_is_taken_where_few_may_be_under_way(
    database: Database, clock: FakeClock
) -> None:
    sending = Sending(database, clock, Staged("mail", Caps(paced=False, max_concurrent=4)))
    assert sending.sender.claim_permit("mail:a@b.c") is None


async def test_nothing_is_taken_where_patience_was_asked_for(sending: Sending) -> None:
    sending.channel.answers = [Sent("offline", retry_after=300.0)]
    lanes = await asyncio.to_thread(sending.put, group("a"))
    sending.sender.wake(lanes)
    await sending.sender.settle()
    assert sending.sender.claim_permit(LANE) is None


def _breath(sending: Sending) -> None:
    sending.sender.wake(sending.put(group("hasty", OTHER)))


def _task(sending: Sending) -> None:
    sending.sender.wake({LANE})


def _loss(sending: Sending) -> None:
    sending.held_channels.all[0].release()


@pytest.mark.parametrize("happens", [_breath, _task, _loss])
async def test_what_cannot_go_out_at_once_after_all_is_given_back(
    database: Database, clock: FakeClock, happens: Callable[[Sending], None]
) -> None:
    sending = Sending(database, clock, min_interval=3)
    permit = sending.sender.claim_permit(LANE)
    handled = handle(sending, permit, group("a"), group("b"))
    happens(sending)
    sending.sender.on_handled(LANE, handled)
    await sending.sender.settle()
    if happens is _loss:
        assert (sending.states(), tries(sending)) == (["new", "new"], [0, 0])
        sending.held_channels.all[0].acquire()
        sending.sender.wake({LANE})
        await sending.sender.settle()
    assert [one for one in sending.said if one != "hasty"] == ["a", "b"]
    assert set(sending.states()) == {"sent"}
    assert set(tries(sending)) == {1}


async def test_a_stop_gives_it_back(sending: Sending) -> None:
    handled = handle(sending, sending.sender.claim_permit(LANE), group("a"))
    sending.sender.on_handled(LANE, handled)
    await sending.sender.stop()
    assert sending.sender.claim_permit(LANE) is None
    assert (sending.said, sending.states(), tries(sending)) == ([], ["new"], [0])


async def test_when_only_the_answer_of_the_commit_was_lost_it_goes_out_none_the_less(
    sending: Sending,
) -> None:
    handle(sending, sending.sender.claim_permit(LANE), group("a"))
    sending.sender.on_handled(LANE, ALREADY_HANDLED)
    assert sending.sender.claim_permit(LANE) is None  # what is taken now could not be told from it
    await sending.sender.settle()
    assert (sending.said, sending.states()) == (["a"], ["sent"])
    assert sending.sender.claim_permit(LANE) is not None
