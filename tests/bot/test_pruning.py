"""What letters have told is forgotten half a year after the post has ended."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.ticks import KEEP_TIPS, Ticks
from storage.tables import Member, Post, Tip
from tests.fakes import START, FakeClock

LATER = timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "told", "left"), [("expired", True, 0), ("active", True, 1), ("expired", False, 1)]
)
def test_only_what_was_told_of_a_post_that_ended_long_ago(
    ticks: Ticks, clock: FakeClock, state: str, told: bool, left: int
) -> None:
    with ticks.database.begin() as session:
        session.add(
            Member(community_id="renren", id=1, name="张三", created_at=START, updated_at=START)
        )
        session.flush()
        session.add(
            Post(
                community_id="renren", id=1, author_id=1, kind="need", title="找仓库",
                text="找仓库", fingerprint="x", created_at=START, updated_at=START, state=state,
                expires_at=START, closed_at=None if state == "active" else START,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            Tip(
                community_id="renren", id=1, member_id=1, post_id=1, target_member_id=1,
                score=0.5, why="仓库", created_at=START, told_at=START if told else None,
            )
        )  # fmt: skip
    for passing, expected in ((KEEP_TIPS, 1), (LATER, left)):
        clock.advance(passing)
        ticks.prune()
        with ticks.database.read() as session:
            assert len(session.exec(select(Tip)).all()) == expected
