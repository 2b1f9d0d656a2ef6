"""Who has most in common with a newcomer."""

import pytest

from community.arrivals.common import acquaintances
from community.scene import Scene
from storage.queries import counters
from storage.tables import Application, Member
from tests.community.conftest import NewScene
from tests.community.people import member

GROUP = "onebot:100"


def was_there(scene: Scene, who: Member, years: str) -> None:
    """He told when, as he applied."""
    scene.session.add(
        Application(
            community_id=scene.community_id,
            id=counters.take(scene.session, community_id=scene.community_id, name="application"),
            state="approved",
            source="chat",
            account=f"onebot:{who.name}",
            member_id=who.id,
            answers={"years": years},
            created_at=scene.now,
            updated_at=scene.now,
        )
    )
    scene.session.flush()


def met(scene: Scene, newcomer: Member) -> dict[str, list[str]]:
    """The names of those he is to meet, and why."""
    found = acquaintances(scene, newcomer, group=GROUP)
    return {one.member.name: list(one.reasons) for one in found}


@pytest.mark.parametrize(
    ("mine", "theirs", "reasons"),
    [
        ("2016-2019", "2018-2022", ["同是字节的", "还是同一时期"]),
        ("2016-2019", "2019-至今", ["同是字节的", "还是同一时期"]),
        ("2016-2019", "2020-2022", ["同是字节的"]),
        ("2016-2019", "忘了", ["同是字节的"]),
        ("", "2016-2019", ["同是字节的"]),
    ],
)
def test_colleagues_of_the_same_years(
    scene_in: NewScene, mine: str, theirs: str, reasons: list[str]
) -> None:
    with scene_in() as scene:
        newcomer, other = (
            member(scene, "张三", company="字节"),
            member(scene, "小明", company="字节"),
        )
        was_there(scene, newcomer, mine)
        was_there(scene, other, theirs)
        assert met(scene, newcomer) == {"小明": reasons}


def test_a_city_alone_is_nothing_to_be_called_for(scene_in: NewScene) -> None:
    with scene_in() as scene:
        newcomer = member(scene, "张三", city="北京", industry="互联网")
        member(scene, "小明", city="北京")
        member(scene, "小红", city="北京", industry="互联网")
        assert met(scene, newcomer) == {"小红": ["都在北京", "都做互联网"]}


def test_who_is_muted_gone_or_the_newcomer_himself(scene_in: NewScene) -> None:
    with scene_in() as scene:
        newcomer = member(scene, "张三", company="字节")
        member(scene, "小明", company="字节", muted=True)
        member(scene, "小红", company="字节", active=False)
        assert met(scene, newcomer) == {}


def test_at_most_three(scene_in: NewScene) -> None:
    with scene_in() as scene:
        newcomer = member(scene, "张三", company="字节")
        for number in range(5):
            member(scene, f"同事{number}", company="字节")
        assert list(met(scene, newcomer)) == ["同事0", "同事1", "同事2"]
