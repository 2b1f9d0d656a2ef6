"""Asking something in a thread that may never come back."""

import threading

import pytest

from bot.timeouts import SingleFlight

pytestmark = pytest.mark.anyio

LONG = 60.0  # seconds until a test that hangs fails


async def test_what_hangs_hangs_in_one_thread_only() -> None:
    asked, enough = [], threading.Event()

    def hang() -> str:
        asked.append(1)
        assert enough.wait(LONG)
        return "好了"

    one = SingleFlight(hang)
    assert [await one.result(0), await one.result(0)] == [None, None]
    enough.set()
    assert await one.result(LONG) == "好了"
    assert asked == [1]
    assert await one.result(LONG) == "好了"
    assert asked == [1, 1]
