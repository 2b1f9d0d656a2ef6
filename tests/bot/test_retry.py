"""Waiting for a database that is away."""

import asyncio
import io
import sqlite3
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.retry import MAX_CONFLICTS, TRIED_AGAIN, AwayError, Retry
from tests.fakes import START, FakeClock

pytestmark = pytest.mark.anyio


class Flaky:
    """Away a few times."""

    def __init__(self, times: int, cause: Exception | None = None) -> None:
        self.left = times
        self._cause = cause or _busy()

    def __call__(self) -> str:
        """Work, or not."""
        if self.left:
            self.left -= 1
            raise OperationalError("UPDATE secret", {"name": "张三"}, self._cause)
        return "done"


def _busy() -> Exception:
    cause = sqlite3.OperationalError("locked")
    cause.sqlite_errorname = "SQLITE_BUSY"
    return cause


async def test_it_is_tried_again_ever_more_seldom(clock: FakeClock) -> None:
    assert await Retry(clock).until_it_works(Flaky(8)) == "done"
    waited = 0.5 + 1 + 2 + 4 + 8 + 16 + 30 + 30
    assert clock.now() - START == timedelta(seconds=waited)


async def test_one_outage_is_one_line_and_its_end_another(
    clock: FakeClock, log: io.StringIO
) -> None:
    retry = Retry(clock)
    await asyncio.gather(*(retry.until_it_works(Flaky(5)) for _ in range(10)))
    lines = log.getvalue().splitlines()
    assert [line.split()[0] for line in lines[:1]] == ["ERROR"]
    assert "锁住" in lines[0]
    assert "数据库恢复了" in lines[-1]
    assert "张三" not in log.getvalue()


async def test_once_is_once(clock: FakeClock) -> None:
    retry, flaky = Retry(clock), Flaky(2)
    with pytest.raises(AwayError):
        await retry.once(flaky)
    assert (flaky.left, clock.now()) == (1, START)


async def test_who_gave_way_to_another_one_begins_anew_and_says_nothing(
    clock: FakeClock, log: io.StringIO
) -> None:
    retry, crossed = Retry(clock), Flaky(3, psycopg.errors.DeadlockDetected())
    assert await retry.once(crossed) == "done"
    assert (clock.now(), retry.away_since, log.getvalue()) == (START, None, "")


async def test_who_always_has_to_give_way_waits_like_others(
    clock: FakeClock, log: io.StringIO
) -> None:
    retry, crossed = Retry(clock), Flaky(MAX_CONFLICTS + 1, psycopg.errors.SerializationFailure())
    assert await retry.until_it_works(crossed) == "done"
    assert clock.now() > START
    assert log.getvalue().count("ERROR") == 1


async def test_other_trouble_is_not_waited_for(clock: FakeClock) -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        await Retry(clock).until_it_works(fail)
    assert clock.now() == START


async def test_what_has_nothing_to_write_does_not_end_it(
    clock: FakeClock, log: io.StringIO
) -> None:
    """The disk is full, and reading goes on."""
    retry, tick = Retry(clock), Flaky(2)
    for _ in range(2):
        with pytest.raises(AwayError):
            await retry.once(tick)
        clock.advance(timedelta(minutes=1))
        assert await retry.once(Flaky(0)) == "done"
        assert retry.away_since == START
    assert log.getvalue().count("ERROR") == 1
    assert "数据库恢复了" not in log.getvalue()
    await retry.once(tick)
    assert log.getvalue().count("数据库恢复了") == 1
    assert retry.away_since is None
    assert retry.pop_longest_outage() == timedelta(minutes=2)


async def test_what_is_not_tried_again_does_not_keep_it_going(clock: FakeClock) -> None:
    """Some work is done once a day."""
    retry = Retry(clock)
    with pytest.raises(AwayError):
        await retry.once(Flaky(1))
    clock.advance(TRIED_AGAIN)
    await retry.once(Flaky(0))
    assert retry.away_since is None
