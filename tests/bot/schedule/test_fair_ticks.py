"""The clock's work in many communities: each has its turn, and none waits for that of another."""

from collections.abc import Callable, Sequence

import pytest

from bot.schedule.ticks import Ticks
from community.settings import Settings
from community.terms import Terms
from tests.listening import listening

Work = Callable[[Ticks], object]


@pytest.fixture
def settings() -> Sequence[Settings]:
    """Three communities, in an order that is not that of their names."""
    return [
        Settings(id=id_, name=id_, groups=frozenset({f"onebot:{id_}"}), terms=Terms(dues=True))
        for id_ in ("c", "a", "b")
    ]


@pytest.mark.parametrize("work", [Ticks.vet, Ticks.remind])
def test_no_transaction_keeps_two_communities_waiting(ticks: Ticks, work: Work) -> None:
    locked = [0]

    def note(*call: object) -> None:
        locked[-1] += "SELECT community.chosen" in str(call[2])

    with (
        listening(ticks.database, "commit", lambda *_: locked.append(0)),
        listening(ticks.database, "before_cursor_execute", note),
    ):
        work(ticks)
    assert [one for one in locked if one] == [1, 1, 1]
