"""What a post was matched with, and what letters told of it, is forgotten half a year after its
end.
"""

from datetime import timedelta

import pytest
from sqlmodel import Session, func, select

from bot.schedule.ticks import KEEP_MATCHES, Ticks
from storage.tables import Label, Match, Member, Post, Tip
from tests.fakes import START, FakeClock

LATER = timedelta(days=1)
HERE = "renren"


def keep(session: Session, state: str) -> None:
    """A member, and a post that ended or runs."""
    session.add(Member(community_id=HERE, id=1, name="张三", created_at=START, updated_at=START))
    session.flush()
    session.add(
        Post(
            community_id=HERE, id=1, author_id=1, kind="need", title="找仓库",
            text="找仓库", fingerprint="x", created_at=START, updated_at=START, state=state,
            expires_at=START, closed_at=None if state == "active" else START,
        )
    )  # fmt: skip
    session.flush()


def count(ticks: Ticks, table: type[Tip | Match | Label]) -> int:
    with ticks.database.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize(
    ("state", "told", "left"), [("expired", True, 0), ("active", True, 1), ("expired", False, 1)]
)
def test_only_what_was_told_of_a_post_that_ended_long_ago(
    ticks: Ticks, clock: FakeClock, state: str, told: bool, left: int
) -> None:
    with ticks.database.begin() as session:
        keep(session, state)
        session.add(
            Tip(
                community_id=HERE, id=1, member_id=1, post_id=1, target_member_id=1,
                score=0.5, why="仓库", created_at=START, told_at=START if told else None,
            )
        )  # fmt: skip
    for passing, expected in ((KEEP_MATCHES, 1), (LATER, left)):
        clock.advance(passing)
        ticks.prune()
        assert count(ticks, Tip) == expected


@pytest.mark.parametrize(("state", "left"), [("expired", 0), ("active", 1)])
def test_matches_of_a_post_that_ended_long_ago_but_not_what_was_said_of_them(
    ticks: Ticks, clock: FakeClock, state: str, left: int
) -> None:
    with ticks.database.begin() as session:
        keep(session, state)
        session.add(
            Match(
                community_id=HERE, id=1, post_id=1, target_member_id=1, score=0.5, coverage=0.5,
                rules="1", created_at=START,
            )
        )  # fmt: skip
        session.add(
            Label(
                community_id=HERE, id=1, post_id=1, target_member_id=1, by_id=1, source="said",
                good=True, score=0.5, coverage=0.5, rules="1", created_at=START,
            )
        )  # fmt: skip
    for passing, expected in ((KEEP_MATCHES, 1), (LATER, left)):
        clock.advance(passing)
        ticks.prune()
        assert count(ticks, Match) == expected
    assert count(ticks, Label) == 1
