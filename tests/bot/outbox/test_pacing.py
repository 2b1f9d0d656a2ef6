"""How fast the bot may talk."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.outbox.pacing import ACCOUNT_INTERVAL, Pacing
from tests.fakes import START

LANE = "onebot:100"


def pacing(*, min_interval: float = 3, per_hour: int = 60, seed: int = 1) -> Pacing:
    return Pacing(min_interval=min_interval, per_hour=per_hour, rng=random.Random(seed))


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("sent_ago", "least", "most"),
    [
        ([], 0, 0),
        ([0], 3, 4.5),
        ([2], 1, 2.5),
        ([3], 0, 0),
        ([100], 0, 0),
        ([50, 40, 1], 2, 3.5),
    ],
)
def test_the_interval_with_its_jitter(sent_ago: list[float], least: float, most: float) -> None:
    for seed in range(20):
        paced = pacing(seed=seed)
        for ago in sent_ago:
            paced.record_send(LANE, START - seconds(ago))
        assert least <= paced.lane_wait(LANE, START) <= most


def test_jitter_varies() -> None:
    waits = set()
    for seed in range(5):
        paced = pacing(seed=seed)
        paced.record_send(LANE, START)
        waits.add(paced.lane_wait(LANE, START))
    assert len(waits) == 5


def test_who_has_waited_waits_no_more() -> None:
    paced = pacing()
    paced.record_send(LANE, START)
    assert paced.lane_wait(LANE, START + seconds(paced.lane_wait(LANE, START))) == 0


@pytest.mark.parametrize(
    ("sent_minutes_ago", "minutes"),
    [([59, 30], 0), ([59, 30, 10], 1), ([61, 30, 10], 0), ([50, 40, 30, 20], 20)],
)
def test_three_an_hour(sent_minutes_ago: list[float], minutes: float) -> None:
    paced = pacing(min_interval=0, per_hour=3)
    for ago in sent_minutes_ago:
        paced.record_send(LANE, START - timedelta(minutes=ago))
    assert paced.lane_wait(LANE, START) == minutes * 60


def test_nought_switches_the_rules_off() -> None:
    paced = pacing(min_interval=0, per_hour=0)
    for _ in range(500):
        paced.record_send(LANE, START)
        paced.record_start("onebot", START)
    assert paced.lane_wait(LANE, START) == 0
    assert paced.account_wait("onebot", START) == 0


def test_conversations_do_not_wait_for_each_other() -> None:
    paced = pacing()
    paced.record_send(LANE, START)
    assert paced.lane_wait("onebot:200", START) == 0


def test_sends_of_an_earlier_run_count() -> None:
    paced = pacing(min_interval=0, per_hour=2)
    paced.restore(LANE, [START - timedelta(minutes=50), START - timedelta(minutes=10)])
    assert paced.lane_wait(LANE, START) == 600


def test_a_channel_takes_a_breath_between_conversations() -> None:
    paced = pacing()
    assert paced.account_wait("onebot", START) == 0
    paced.record_start("onebot", START)
    assert ACCOUNT_INTERVAL <= paced.account_wait("onebot", START) <= ACCOUNT_INTERVAL * 1.5
    assert paced.account_wait("wechaty", START) == 0
    assert paced.account_wait("onebot", START + seconds(ACCOUNT_INTERVAL)) == 0


@pytest.mark.parametrize("ahead", [seconds(30), timedelta(days=400)])
def test_a_clock_that_is_set_back_does_not_silence_anybody(ahead: timedelta) -> None:
    paced = pacing(per_hour=1)
    paced.restore(LANE, [START + ahead])
    paced.record_start("onebot", START + ahead)
    assert paced.lane_wait(LANE, START) == 0
    assert paced.account_wait("onebot", START) == 0


def test_conversations_of_long_ago_are_forgotten() -> None:
    paced = pacing()
    for number in range(1000):
        paced.record_send(f"onebot:{number}", START)
    paced.record_send(LANE, START + timedelta(hours=2))
    assert list(paced._sends) == [LANE]


def test_an_hour_of_sending_keeps_both_rules() -> None:
    paced, now, sent = pacing(per_hour=20), START, []
    while now < START + timedelta(hours=3):
        pause = paced.lane_wait(LANE, now)
        if pause == 0:
            paced.record_send(LANE, now)
            sent.append(now)
        now += seconds(pause or 0.001)
    assert min((b - a).total_seconds() for a, b in pairwise(sent)) >= 3
    in_an_hour = (sum(a <= b < a + timedelta(hours=1) for b in sent) for a in sent)
    assert max(in_an_hour) == 20
