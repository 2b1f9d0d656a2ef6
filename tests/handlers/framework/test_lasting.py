"""A time at the end of what was said."""

from time import process_time

import pytest

from handlers.framework.lasting import without_time


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("续 7 天", "续"),
        ("续7天吧，谢谢大家", "续"),
        ("1 再 多留一个月", "1"),
        ("延长三个月左右就可以", ""),
        ("队长3天", "队长"),
        ("7天酒店", "7天酒店"),
        ("1234567890天", "1234567890天"),
        ("", ""),
    ],
)
def test_it_is_taken_off(text: str, left: str) -> None:
    assert without_time(text) == left


@pytest.mark.parametrize("run", [" ", "再", "延", "延长", " 再多", "一", "1 ", "1天", "！"])
def test_long_runs_cost_no_time(run: str) -> None:
    text = f"a{run * 10_000}b"
    begun = process_time()
    assert without_time(text) == text
    assert process_time() - begun < 0.5
