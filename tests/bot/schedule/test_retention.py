"""What is over is deleted where the operator wants that, and what counts on stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.config.sections import RetentionConfig
from bot.schedule.ticks import Ticks
from storage.queries import audit
from storage.queries.pool import postings
from storage.tables import Audit, Credit, Label, Match, Member, Mention, Post
from tests.fakes import START, FakeClock

HERE = "renren"
YEAR = timedelta(days=365)
STATES = ("active", "done", "expired", "withdrawn", "undone")
THANKED, JUDGED, JUDGED_AS_TARGET = 6, 7, 8  # they ran out as well


def fill(session: Session) -> None:
    """A post in each state, number 1 to 5; and three that ran out and count on."""
    for community in (HERE, "other"):
        session.add(
            Member(community_id=community, id=1, name="张三", created_at=START, updated_at=START)
        )
        session.flush()
        for number, state in enumerate((*STATES, *("expired",) * 3), 1):
            closed = None if state == "active" else START
            session.add(
                Post(
                    community_id=community, id=number, author_id=1, kind="need", title="找仓库",
                    text="找仓库", fingerprint="x", created_at=START, updated_at=START, state=state,
                    expires_at=START, closed_at=closed,
                )
            )  # fmt: skip
            shelf = "need" if state == "active" else "ex-need"
            postings.add(
                session, community_id=community, shelf=shelf, item_id=number, terms={"仓库": 9}
            )
        session.flush()
        count_on(session, community)
        for age in (0, 1):
            audit.add(
                session, community_id=community, at=START + age * timedelta(days=1), verb="post",
                subject="post", subject_id=3,
            )  # fmt: skip


def count_on(session: Session, community: str) -> None:
    """Somebody helped, somebody judged; one that ran out was matched and called for, no more."""
    here: dict[str, Any] = {"community_id": community, "created_at": START}
    session.add(Credit(post_id=THANKED, helper_id=1, **here))
    seen: dict[str, Any] = {"score": 0.5, "coverage": 0.5, "rules": "1", **here}
    told: dict[str, Any] = {"by_id": 1, "source": "said", "good": True, **seen}
    session.add(Label(id=1, post_id=JUDGED, target_member_id=1, **told))
    session.add(Label(id=2, post_id=1, target_post_id=JUDGED_AS_TARGET, **told))
    session.add(Match(id=1, post_id=1, target_post_id=3, **seen))
    session.add(Mention(id=1, post_id=3, member_id=1, group_address="onebot:100", **here))


def posts(ticks: Ticks, community: str = HERE) -> list[int]:
    with ticks.database.read() as session:
        found = select(Post.id).where(Post.community_id == community).order_by(col(Post.id))
        return list(session.exec(found))


def on_shelf(ticks: Ticks) -> int:
    with ticks.database.read() as session:
        size = postings.size(session, community_id=HERE, shelf="ex-need")
        count, _ = postings.counts(
            session, community_id=HERE, shelf="ex-need", terms=["仓库"], cap=99
        )
    assert size == count
    return size


def entries(ticks: Ticks) -> int:
    with ticks.database.read() as session:
        return len(session.exec(select(Audit).where(Audit.community_id == HERE)).all())


def test_posts_that_came_to_nothing(ticks: Ticks, clock: FakeClock) -> None:
    ticks = replace(ticks, retention=RetentionConfig(ended_posts_days=365))
    with ticks.database.begin() as session:
        fill(session)
    clock.advance(YEAR)
    ticks.prune()
    assert (posts(ticks), on_shelf(ticks)) == ([1, 2, 3, 4, 5, 6, 7, 8], 7)
    clock.advance(timedelta(seconds=1))
    ticks.prune()
    assert posts(ticks) == posts(ticks, "other") == [1, 2, THANKED, JUDGED, JUDGED_AS_TARGET]
    assert on_shelf(ticks) == 4
    with ticks.database.read() as session:
        assert session.exec(select(Match)).all() == []
        assert session.exec(select(Mention)).all() == []
        assert len(session.exec(select(Label)).all()) == 4
    assert entries(ticks) == 2


def test_the_audit(ticks: Ticks, clock: FakeClock) -> None:
    ticks = replace(ticks, retention=RetentionConfig(audit_days=400))
    with ticks.database.begin() as session:
        fill(session)
    for days, seconds, left in ((400, 0, 2), (0, 1, 1), (1, 0, 0)):
        clock.advance(timedelta(days=days, seconds=seconds))
        ticks.prune()
        assert entries(ticks) == left
    assert len(posts(ticks)) == 8


def test_all_is_kept_unless_the_operator_wants_it_otherwise(ticks: Ticks, clock: FakeClock) -> None:
    with ticks.database.begin() as session:
        fill(session)
    clock.advance(30 * YEAR)
    ticks.prune()
    assert (len(posts(ticks)), entries(ticks)) == (8, 2)


@pytest.mark.parametrize("days", [1, 364])
def test_less_than_a_year_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="至少 365"):
        RetentionConfig(ended_posts_days=days)
