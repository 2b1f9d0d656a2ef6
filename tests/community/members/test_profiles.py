"""What may stand in a profile, and changing it."""

import pytest

from community.members.profiles import entries, fill_in, mute, problems, update
from storage.queries import audit
from storage.queries.pool import postings
from tests.community.conftest import NewScene
from tests.community.people import member


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长、投放", ["增长", "投放"]),
        ("增长,投放，品牌;策划；公关|媒介", ["增长", "投放", "品牌", "策划", "公关", "媒介"]),
        ("增长\n投放", ["增长", "投放"]),
        ("增长 投放", ["增长", "投放"]),
        ("Google Ads、投放", ["Google Ads", "投放"]),
        ("A/B 测试、C++", ["A/B 测试", "C++"]),
        ("增长、增长、、投放 ", ["增长", "投放"]),
        ("", []),
    ],
)
def test_reads_lists(text: str, expected: list[str]) -> None:
    assert entries(text) == expected


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("name", "李雷", []),
        ("name", "雷" * 21, ["姓名最多 20 字，超出 1 字"]),
        ("bio", "做" * 500, []),
        ("bio", "做" * 537, ["简介最多 500 字，超出 37 字"]),
        ("skills", "、".join("甲乙丙丁戊己庚辛壬癸子"), ["技能最多 10 个，超出 1 个"]),
        ("skills", f"增长、{'投' * 23}", ["技能「投投投投投投投投…」最多 20 字，超出 3 字"]),
    ],
)
def test_tells_the_exact_overrun(field: str, text: str, expected: list[str]) -> None:
    assert problems({field: text}) == expected


def test_tells_all_problems_at_once() -> None:
    assert len(problems({"name": "雷" * 30, "city": "京" * 30, "company": "字节"})) == 2


def test_changes_are_stored_searched_and_noted_without_their_words(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        values = {"title": " 摄影  师 ", "skills": "剪辑、调色", "bio": "一行\n\n 两行 "}
        assert update(scene, member=who, values=values) == ["title", "skills", "bio"]
        assert (who.title, who.skills, who.bio) == ("摄影 师", ["剪辑", "调色"], "一行\n两行")
        found = postings.candidates(
            scene.session, community_id="renren", shelf="member", weights={"调色": 1.0}, limit=3
        )
        assert found == [who.id]
        noted = audit.of(scene.session, community_id="renren", subject="member", subject_id=who.id)
        assert [one.verb for one in noted] == ["profile"]
        assert noted[0].detail == {"fields": ["title", "skills", "bio"]}


def test_nothing_happens_when_nothing_changes(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明", title="摄影师", skills=["剪辑"])
        assert update(scene, member=who, values={"title": "摄影师", "skills": "剪辑"}) == []
        assert not audit.of(
            scene.session, community_id="renren", subject="member", subject_id=who.id
        )


def test_a_field_is_cleared(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明", title="摄影师", skills=["剪辑"])
        assert update(scene, member=who, values={"title": "", "skills": ""}) == ["title", "skills"]
        assert (who.title, who.skills) == ("", [])


def test_what_he_says_is_his_own_word_until_somebody_else_changes_it(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明", title="摄影师", city="北京", skills=["剪辑"])
        assert who.own == []
        update(scene, member=who, values={"skills": "", "title": "摄影师"})
        assert who.own == ["title", "skills"]
        fill_in(scene, member=who, values={"title": "摄影师", "city": "上海"})
        assert who.own == ["title", "skills"]
        fill_in(scene, member=who, values={"title": "导演"})
        assert (who.title, who.own) == ("导演", ["skills"])


def test_muting_and_back(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        assert mute(scene, member=who, muted=True)
        assert not mute(scene, member=who, muted=True)
        assert who.muted
        assert mute(scene, member=who, muted=False)
        assert not who.muted
        noted = audit.of(scene.session, community_id="renren", subject="member", subject_id=who.id)
        assert [one.verb for one in noted] == ["mute", "unmute"]
