"""The clock's work in many communities: each has its turn, and none waits for that of another."""

from collections.abc import Callable

import pytest

from bot.analysing import Analysers
from bot.communities import Communities
from bot.ticks import Ticks
from community.settings import Settings
from community.terms import Terms
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from tests.fakes import START, FakeClock
from tests.listening import listening

SETTINGS = [
    Settings(id=id_, name=id_, groups=frozenset({f"onebot:{id_}"}), terms=Terms(dues=True))
    for id_ in ("c", "a", "b")
]
Work = Callable[[Ticks], object]


@pytest.fixture
def ticks(database: Database, analyser: Analyser, clock: FakeClock) -> Ticks:
    """The ticks of a bot for three communities."""
    with database.begin() as session:
        for one in SETTINGS:
            communities.ensure(
                session, community_id=one.id, name=one.name, groups=one.groups, now=START
            )
    return Ticks(database, Communities(SETTINGS), Analysers(analyser), clock)


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
