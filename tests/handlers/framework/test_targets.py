"""Whom, and by which clause."""

from time import process_time

import pytest

from handlers.framework.targets import clause_in


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("违反第3条 刷屏", (3, "刷屏")),
        ("依据 第 十二 条：刷屏", (12, "刷屏")),
        ("  第3条", (3, "")),
        ("刷屏", (0, "刷屏")),
    ],
)
def test_the_clause_in_front(text: str, clause: tuple[int, str]) -> None:
    assert clause_in(text) == clause


@pytest.mark.parametrize("sign", [" ", "\u3000", "\n"])
def test_long_runs_of_blanks_cost_no_time(sign: str) -> None:
    begun = process_time()
    assert clause_in(f"依据{sign * 10_000}x")[0] == 0
    assert process_time() - begun < 0.5
