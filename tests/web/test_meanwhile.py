"""What happens to somebody while his request waits for its turn in the community."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace

import pytest
from sqlmodel import select
from typing_extensions import override

from community.membership import erasure, standing
from community.scene import Scene
from community.settings import Settings
from storage.tables import Community, Member, Post
from tests.web.office.test_settings import USUAL
from tests.web.world import HOME, World
from web.door import Door


@dataclass(frozen=True)
class BusyDoor(Door):
    """Others come first: they have something to do before anybody is let in to write."""

    others: list[Callable[[Scene], object]] = field(default_factory=list)

    @contextmanager
    @override
    def writing(self, settings: Settings) -> Iterator[Scene]:
        while self.others:
            with super().writing(settings) as scene:
                self.others.pop()(scene)
        with super().writing(settings) as scene:
            yield scene


@pytest.fixture
def others(world: World) -> list[Callable[[Scene], object]]:
    """What they do before the next request that writes."""
    door = BusyDoor(**{one.name: getattr(world.door, one.name) for one in fields(world.door)})
    state = world.pages.state
    state.shared = replace(state.shared, door=door)
    return door.others


def erase(scene: Scene) -> None:
    erasure.erase(scene, member=scene.session.get_one(Member, ("renren", 1)), choice="removed")


def remove(scene: Scene) -> None:
    him, admin = (scene.session.get_one(Member, ("renren", number)) for number in (1, 2))
    standing.end(scene, member=him, state="removed", actor=admin)


def demote(scene: Scene) -> None:
    standing.of(scene, member=scene.session.get_one(Member, ("renren", 1))).role = "member"


def test_pressing_twice_to_be_erased(world: World, others: list[Callable[[Scene], object]]) -> None:
    """The second one finds nobody there, and nothing wrong."""
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/me/data")
    others.append(erase)
    browser.sends(f"{HOME}/me/data/erase", choice="removed", code="123456")
    assert (browser.status, world.faults) == (403, [])
    assert "登录" in browser.page


def test_somebody_who_is_put_out_publishes_no_more(
    world: World, others: list[Callable[[Scene], object]]
) -> None:
    browser = world.signed_in("小明")
    world.member("小红", role="admin")
    browser.looks(f"{HOME}/new")
    others.append(remove)
    page = browser.sends(f"{HOME}/new", kind="need", text="求一台咖啡机")
    assert "你已被移出「老友记」，这一页用不了。" in page
    assert browser.status == 403
    with world.database.read() as session:
        assert session.exec(select(Post)).all() == []


def test_who_is_no_admin_any_more_sets_nothing(
    world: World, others: list[Callable[[Scene], object]]
) -> None:
    browser = world.signed_in("小明", role="admin")
    browser.looks(f"{HOME}/office/settings")
    others.append(demote)
    page = browser.sends(f"{HOME}/office/settings", None, **{**USUAL, "posts_per_day": "9"})
    assert "这一页是给管理员看的，你现在是成员。" in page
    with world.database.read() as session:
        assert session.get_one(Community, "renren").chosen == {}


def test_whoever_is_gone_can_sign_out(
    world: World, others: list[Callable[[Scene], object]]
) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/find")
    others.append(erase)
    assert "登录" in browser.sends(f"{HOME}/sign-out")
    assert (browser.status, world.faults) == (200, [])
