"""Two members become one: nothing refers to the second any more."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from community.members import privacy
from community.members.privacy import Privacy
from community.membership import linking, standing
from community.pool.follows import follow
from community.scene import Scene
from community.vetting.drafts import Applicant, begin
from storage.queries import counters
from storage.queries.people import marks
from storage.tables import Credit, Mark, Member, Mention, Post, Report, Table
from tests.community.conftest import NOW, NewScene
from tests.community.people import member, post


def references(scene: Scene, number: int) -> list[str]:
    """Columns of any table that still name a member of that id."""
    found = []
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if key.referred_table.name == "member":
                column = next(name for name in key.column_keys if name != "community_id")
                rows = scene.session.execute(select(table).where(table.c[column] == number))
                found += [f"{table.name}.{column}" for _ in rows]
    return found


def live(scene: Scene, one: Member, two: Member, other: Member) -> None:
    """Rows of every kind, some of them for both."""
    first, second = post(scene, one, "求投影仪"), post(scene, two, "求咖啡机")
    theirs = post(scene, other, "求打印机", collected_by=two.id, state="done")
    for helper in (one, two):
        scene.session.add(
            Credit(community_id="renren", post_id=theirs.id, helper_id=helper.id, created_at=NOW)
        )
    scene.session.add(
        Credit(community_id="renren", post_id=first.id, helper_id=two.id, created_at=NOW)
    )
    for who in (one, two):
        number = counters.take(scene.session, community_id="renren", name="mention")
        scene.session.add(
            Mention(community_id="renren", id=number, post_id=theirs.id, member_id=who.id,
                    group_address="onebot:100", created_at=NOW)
        )  # fmt: skip
        follow(scene, member=who, keywords=["投影仪"])
    scene.session.add(
        Report(community_id="renren", id=1, reporter_id=two.id, about_id=other.id, text="广告",
               created_at=NOW)
    )  # fmt: skip
    scene.session.add(
        Mark(community_id="renren", kind="barred", digest="x", member_id=other.id, by_id=two.id,
             at=NOW)
    )  # fmt: skip
    begin(scene, Applicant("onebot:小明二号", "小明二号", None)).member_id = two.id
    standing.of(scene, member=two).role = "operator"
    scene.session.flush()
    assert second.author_id == two.id


def test_nothing_refers_to_the_second_any_more(scene_in: NewScene) -> None:
    with scene_in() as scene:
        one, two, other = (member(scene, name) for name in ("小明", "小明二号", "小红"))
        live(scene, one, two, other)
        number = two.id
        assert len(references(scene, number)) >= 7
        linking.merge(scene, keep=one, gone=two)
        scene.session.flush()
        assert references(scene, number) == []
        assert scene.session.get(Member, ("renren", number)) is None
        (mark,) = marks.of_member(
            scene.session, community_id="renren", kind="barred", member_id=other.id
        )
        assert mark.by_id == one.id
        assert standing.of(scene, member=one).role == "operator"


def test_both_lives_add_up(scene_in: NewScene) -> None:
    with scene_in() as scene:
        one, two, other = (member(scene, name) for name in ("小明", "小明二号", "小红"))
        live(scene, one, two, other)
        linking.merge(scene, keep=one, gone=two)
        scene.session.flush()
        authors = scene.session.scalars(select(col(Post.author_id)).order_by(col(Post.id))).all()
        assert authors == [one.id, one.id, other.id]
        thanks = scene.session.execute(select(col(Credit.post_id), col(Credit.helper_id))).all()
        assert [tuple(row) for row in thanks] == [(3, one.id)]
        assert len(scene.session.scalars(select(Mention)).all()) == 2


def test_what_one_of_the_two_hides_stays_hidden(scene_in: NewScene) -> None:
    with scene_in() as scene:
        keep, gone = member(scene, "小明"), member(scene, "明明", company="拾光")
        privacy.choose(scene, member=keep, chosen=Privacy(shows_contact=True, contact="微信 a"))
        privacy.choose(scene, member=gone, chosen=Privacy(listed=False, shows_company=False))
        linking.merge(scene, keep=keep, gone=gone)
        assert privacy.of(scene, member=keep) == Privacy(False, False, True, "微信 a")
        assert privacy.seen(scene, member=keep, viewer=None).company == ""


@pytest.mark.parametrize(
    ("his", "other", "own"),
    [
        ({"company": "拾光", "own": ["company"]}, {"company": "蓝桨"}, ["company"]),
        ({"company": "拾光"}, {"company": "蓝桨", "own": ["company"]}, []),
        ({"company": "拾光"}, {"company": "拾光", "own": ["company"]}, ["company"]),
        ({}, {"company": "蓝桨", "own": ["company"]}, ["company"]),
        ({"own": ["company"]}, {"company": "蓝桨"}, []),
        ({"own": ["company"]}, {}, ["company"]),
        ({}, {"own": ["company"]}, ["company"]),
        ({"skills": ["剪辑"], "own": ["city"]}, {"skills": ["调色"], "own": ["skills"]},
         ["city", "skills"]),
    ],
)  # fmt: skip
def test_what_he_set_himself_is_his_own_after_it(
    scene_in: NewScene, his: dict[str, Any], other: dict[str, Any], own: list[str]
) -> None:
    with scene_in() as scene:
        keep, gone = member(scene, "小明", **his), member(scene, "明明", **other)
        linking.merge(scene, keep=keep, gone=gone)
        assert keep.own == own


def test_an_admin_with_two_accounts_agrees_once(scene_in: NewScene) -> None:
    with scene_in() as scene:
        one, two = member(scene, "王芳"), member(scene, "王芳二号")
        application = begin(scene, Applicant("onebot:9", "新人"))
        application.approvals = [two.id]
        scene.session.flush()
        linking.merge(scene, keep=one, gone=two)
        assert application.approvals == [one.id]
