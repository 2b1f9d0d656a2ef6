"""Who sends too much in a minute."""

import pytest

from bot.incoming.rate_limit import decide


@pytest.mark.parametrize(
    ("before", "refused", "most", "becomes"),
    [
        (0, 0, 3, "handle"),
        (2, 0, 3, "handle"),
        (3, 0, 3, "tell"),
        (3, 1, 3, "refuse"),
        (500, 40, 3, "refuse"),
        (2, 40, 3, "handle"),
        (9, 9, 0, "handle"),
    ],
)
def test_what_becomes_of_a_message(before: int, refused: int, most: int, becomes: str) -> None:
    assert decide(before, refused=refused, most=most) == becomes
