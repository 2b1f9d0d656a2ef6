"""Somebody types a name where he looks for people."""

import pytest

from community.members import privacy
from community.members.privacy import Privacy
from tests.web.world import HOME, World


@pytest.mark.parametrize("typed", ["李雷", "@李雷", "韩梅梅"])
def test_a_name_leads_to_its_member(world: World, typed: str) -> None:
    for name in ("李雷", "韩梅梅"):
        world.member(name)
    browser = world.signed_in("小明")
    page = browser.looks(f"{HOME}/find?q={typed}")
    assert "有成员的名字对得上" in page
    assert "太宽泛" not in page
    (way,) = [part for part in page.split('"') if part.startswith(f"{HOME}/members?name=")]
    assert typed.lstrip("@") in browser.looks(way)


def test_who_is_not_listed_is_not_found_by_his_name(world: World) -> None:
    member = world.member("李雷")
    with world.scene() as scene:
        privacy.choose(scene, member=scene.session.merge(member), chosen=Privacy(listed=False))
    for name in ("李雷", "李四", "的"):
        page = world.signed_in("小明").looks(f"{HOME}/find?q={name}")
        assert "有成员的名字对得上" not in page
    world.member("韩梅梅")
    guest = world.signed_in("访客", role="guest")
    assert "有成员的名字对得上" not in guest.looks(f"{HOME}/find?q=韩梅梅")
