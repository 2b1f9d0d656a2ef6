"""The clock's work in many communities: each has its turn, and none waits for that of another."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from bot.schedule.ticks import Ticks
from community.settings import Settings
from community.terms import Terms
from storage.database import Database
from storage.tables import (
    Account,
    Application,
    Arrival,
    Event,
    Fresh,
    Member,
    Post,
    Preference,
    Tip,
)
from tests.fakes import START
from tests.listening import listening

Work = Callable[[Ticks], object]


@pytest.fixture
def settings() -> Sequence[Settings]:
    """Three communities, in an order that is not that of their names."""
    return [
        Settings(id=id_, name=id_, groups=frozenset({f"onebot:{id_}"}), terms=Terms(dues=True))
        for id_ in ("c", "a", "b")
    ]


def locks(ticks: Ticks, work: Work) -> list[int]:
    """How many communities each transaction has locked that has locked any."""
    locked = [0]

    def note(*call: object) -> None:
        locked[-1] += "SELECT community.chosen" in str(call[2])

    with (
        listening(ticks.database, "commit", lambda *_: locked.append(0)),
        listening(ticks.database, "before_cursor_execute", note),
    ):
        work(ticks)
    return [one for one in locked if one]


def fill(database: Database, communities: Sequence[str]) -> None:
    """In each of the communities there is something to do for each tick."""
    day = timedelta(days=1)
    with database.begin() as session:
        for here in communities:
            session.add(Member(community_id=here, id=1, created_at=START, updated_at=START))
            session.flush()
            session.add_all(
                [
                    Account(community_id=here, address="mail:a@x.cn", member_id=1),
                    Post(
                        community_id=here, id=1, kind="need", author_id=1, text="x", title="x",
                        fingerprint="x", notice_at=START, expires_at=START + day,
                        created_at=START, updated_at=START,
                    ),
                    Application(
                        community_id=here, id=1, source="chat", account="onebot:1", due_at=START,
                        created_at=START, updated_at=START,
                    ),
                    Preference(community_id=here, member_id=1, alerts="daily", due_at=START),
                    Fresh(community_id=here, member_id=1, since=START - day),
                    Event(
                        community_id=here, id=1, title="x", place="x", cap=1, starts_at=START + day,
                        closes_at=START, created_at=START, due_at=START,
                    ),
                ]
            )  # fmt: skip
            session.flush()
            session.add(
                Tip(
                    community_id=here, id=1, member_id=1, post_id=1, target_member_id=1, score=1,
                    why="", created_at=START,
                )
            )  # fmt: skip
            session.add(
                Arrival(
                    community_id=here, group_address=f"onebot:{here}", account="onebot:1",
                    since=START, due_at=START,
                )
            )  # fmt: skip


@pytest.mark.parametrize("work", [Ticks.vet, Ticks.remind])
def test_no_transaction_keeps_two_communities_waiting(ticks: Ticks, work: Work) -> None:
    assert locks(ticks, work) == [1, 1, 1]


@pytest.mark.parametrize(
    "work", [Ticks.expire, Ticks.receive, Ticks.vet, Ticks.events, Ticks.mail, Ticks.look_back]
)
def test_no_transaction_locks_two_communities(
    ticks: Ticks, work: Work, settings: Sequence[Settings]
) -> None:
    """Whoever has the one and waits for the other may wait for somebody who waits for him."""
    fill(ticks.database, [one.id for one in settings])
    locked = locks(ticks, work)
    assert set(locked) == {1}
    assert len(locked) >= len(settings)
    assert locks(ticks, work) == []
