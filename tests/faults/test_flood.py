"""Far too much at once: from one member, from a whole group, and for the pace of answers."""

import asyncio
import os
import sys
from collections import Counter
from datetime import timedelta
from random import Random
from time import process_time

import pytest
from sqlmodel import select

from bot.incoming.rate_limit import TOO_FAST
from bot.outbox.pacing import HOUR
from bot.outbox.store import ANSWER_EXPIRY
from community.rules import Limits
from community.updates import Message
from storage.database import Database
from storage.tables import Inbox, Outbox
from tests.bot.conftest import MakeApp
from tests.bot.people import SETTINGS, message
from tests.bot.sending import Sending, group
from tests.fakes import START, FakeChannel, FakeClock
from tests.listening import statements

pytestmark = pytest.mark.anyio

MOST = 20  # commands of one member in a minute, as it is where nothing is set
HURRIED = tuple(one.model_copy(update={"limits": Limits()}) for one in SETTINGS)
TOLD = TOO_FAST.format(most=MOST)
FLOOD = 200
# Messages of one burst; LAOYOU_BURST asks for as many on both databases.
SIZES = {"sqlite": 10_000, "postgres": 2_000}
EACH = 20  # of them one is a command
SOMEBODY = "onebot:20002"


async def say(make: MakeApp, *messages: Message) -> None:
    """All at once, to a bot that stops when all is answered."""
    app = make(settings=HURRIED)
    await app.start()
    await asyncio.gather(*(app.dispatcher.feed(one) for one in messages))
    await app.settle()
    await app.stop()


def at(one: Message, seconds: float) -> Message:
    """Written so long after the start."""
    return one.model_copy(update={"time": START + timedelta(seconds=seconds)})


def heard(channel: FakeChannel) -> list[tuple[str, str | None]]:
    return [(send.text, send.quote) for send in channel.sends()]


async def test_who_floods_is_slowed_down_and_told_once(
    make_app: MakeApp, channel: FakeChannel, database: Database
) -> None:
    flood = [message(f"#echo {n}") for n in range(FLOOD)]
    other = message("#echo 我呢", who=SOMEBODY)
    await say(make_app, *flood[:100], other, *flood[100:])
    answers = [text for text, _ in heard(channel)]
    assert answers == [*(str(n) for n in range(MOST)), TOLD, "我呢"]
    with database.read() as session:
        states = Counter(session.exec(select(Inbox.state)))
    assert states == {"done": MOST + 1, "slowed": FLOOD - MOST}


async def test_after_a_minute_all_is_as_before(
    make_app: MakeApp, channel: FakeChannel, clock: FakeClock
) -> None:
    await say(make_app, *(message(f"#echo {n}") for n in range(MOST + 5)))
    clock.advance(timedelta(seconds=61))
    await say(make_app, *(at(message(f"#echo 后{n}"), 61) for n in range(MOST + 5)))
    answers = [text for text, _ in heard(channel)]
    assert answers.count(TOLD) == 2
    assert answers[MOST + 1 : -1] == [f"后{n}" for n in range(MOST)]


async def test_a_flood_that_does_not_end_is_told_of_once(
    make_app: MakeApp, channel: FakeChannel, clock: FakeClock
) -> None:
    app = make_app(settings=HURRIED)
    await app.start()
    for second in range(0, 130, 5):
        now = (at(message("#echo 快"), second) for _ in range(5))
        await asyncio.gather(*(app.dispatcher.feed(one) for one in now))
        await app.settle()
        clock.advance(timedelta(seconds=5))
    answers = Counter(text for text, _ in heard(channel))
    assert answers == {TOLD: 1, "快": MOST * 2}


async def test_a_restart_and_other_conversations_change_nothing(
    make_app: MakeApp, channel: FakeChannel
) -> None:
    flood = [message(f"#echo {n}") for n in range(MOST + 1)]
    await say(make_app, *flood)
    again = message("#echo 重启后")
    alone = message("#echo 私聊", group=None)
    await say(make_app, again, *flood, alone)
    answers = [text for text, _ in heard(channel)]
    assert answers[MOST:] == [TOLD, TOLD]
    assert channel.sends()[-1].target == alone.sender.account


async def test_what_is_fetched_after_a_break_is_no_flood(
    make_app: MakeApp, channel: FakeChannel
) -> None:
    missed = [at(message(f"#echo {n}"), -60 * n - 61) for n in range(50)]
    await say(make_app, *missed)
    assert [text for text, _ in heard(channel)] == [str(n) for n in range(50)]


async def test_counting_costs_no_statement(
    make_app: MakeApp, channel: FakeChannel, database: Database
) -> None:
    app = make_app(settings=HURRIED)
    await app.start()
    with statements(database) as seen:
        await app.dispatcher.feed(message())
        await app.settle()
    assert sum("sender" in one and one.startswith("SELECT") for one in seen) == 1
    assert len(channel.sends()) == 1


async def test_ten_thousand_at_once(
    make_app: MakeApp, channel: FakeChannel, database: Database, database_kind: str
) -> None:
    size = int(os.environ.get("LAOYOU_BURST", SIZES[database_kind]))
    chatter = [message(f"第 {n} 句闲话，谁有空？") for n in range(size - size // EACH)]
    commands = [message(f"#echo {n}", who=f"onebot:{n % 50}") for n in range(size // EACH)]
    app = make_app(settings=HURRIED)
    await app.start()
    with statements(database) as seen:
        began = process_time()
        for one in chatter:
            await app.dispatcher.feed(one)
        spent = (process_time() - began) / len(chatter)
    assert seen == []
    assert spent < 1e-4  # seconds
    both = [*chatter, *commands]
    Random(1).shuffle(both)
    began = process_time()
    await asyncio.gather(*(app.dispatcher.feed(one) for one in both))
    await app.settle()
    sys.stdout.write(
        f"chatter: {spent * 1e6:.0f} µs each; {len(both)} with {len(commands)} commands:"
        f" {process_time() - began:.2f} s of CPU\n"
    )
    assert Counter(quote for _, quote in heard(channel)) == Counter(one.key for one in commands)


async def test_a_storm_of_answers_keeps_the_pace_and_is_not_flushed_late(
    database: Database, clock: FakeClock
) -> None:
    sending = Sending(database, clock, min_interval=3, per_hour=2)
    storm = [group(f"{n}", quote=f"q{n}") for n in range(60)]
    said = await sending.send(*storm, group("告示"))
    late = len(storm) - len(said) + 1
    assert 48 <= len(said) - 1 <= 52
    assert said == [*(f"{n}" for n in range(len(said) - 1)), "告示"]
    assert sending.states() == ["sent"] * (len(said) - 1) + ["dropped"] * late + ["sent"]
    with database.read() as session:
        sent = session.exec(select(Outbox.sent_at).where(Outbox.state == "sent")).all()
    times = sorted(at for at in sent if at is not None)
    assert all(later - first >= HOUR for first, later in zip(times, times[2:], strict=False))
    assert times[-2] - START <= ANSWER_EXPIRY


async def test_a_clock_that_is_set_back_silences_nobody(
    make_app: MakeApp, channel: FakeChannel, clock: FakeClock
) -> None:
    clock.advance(HOUR)
    await say(make_app, *(at(message("#echo 早"), 3600) for _ in range(MOST)))
    clock.advance(-HOUR)
    await say(make_app, *(message("#echo 晚") for _ in range(MOST + 1)))
    answers = Counter(text for text, _ in heard(channel))
    assert answers == {"早": MOST, "晚": MOST, TOLD: 1}
