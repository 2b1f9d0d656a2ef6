"""Long work in short steps."""

from itertools import count, islice

import pytest

from bot.schedule.steps import MAX_STEP_SECONDS, MAX_YIELDS, Steps, next_batch_size


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [
        (20, MAX_STEP_SECONDS * 10, 2),
        (1, 9.0, 1),  # less than one cannot be taken
        (20, MAX_STEP_SECONDS * 0.9, 20),
        (20, 0.0, 40),
        (150, 0.0, 200),
    ],
)
def test_a_step_takes_as_much_as_time_allows(size: int, seconds: float, expected: int) -> None:
    assert next_batch_size(size, seconds, 200) == expected


def test_a_step_that_was_told_to_stop_is_the_last() -> None:
    steps, taken = Steps(), 0
    for _ in steps.batch_sizes(10):
        taken += 1
        if taken == 3:
            steps.stop()
    assert taken == 3
    assert not list(steps.batch_sizes(10))


def test_messages_go_first_but_not_for_ever() -> None:
    waiting = [True, True, False]
    steps = Steps(busy=lambda: waiting.pop(0))
    assert len(list(islice(steps.batch_sizes(10), 2))) == 2
    assert waiting == []


def test_messages_without_end_do_not_put_it_off_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.schedule.steps.YIELD_SECONDS", 0.0)
    asked = count(1)
    steps = Steps(busy=lambda: next(asked) > 0)
    assert len(list(islice(steps.batch_sizes(10), 2))) == 2
    assert next(asked) == MAX_YIELDS + 1
