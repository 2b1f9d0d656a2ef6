"""Members in the back office."""

import re
from html import unescape

import pytest

from community.covenant import Covenant
from community.membership import reports
from community.terms import Terms
from tests.web.conftest import NewWorld
from tests.web.office.newcomers import applies
from tests.web.world import OWNER, World

MEMBERS = "/c/renren/office/members"


@pytest.fixture
def club(world: World) -> World:
    """Some people."""
    world.member("小明", company="拾光科技", city="北京")
    world.member("小红", company="100%纯棉", city="上海")
    world.member("小运", role="operator")
    world.member("小走", role="outsider")
    return world


_ANYBODY = re.compile(r'class="number">M(\d+)<')
_BUTTON = re.compile(r'<a class="button" href="([^"]+)">(上一页|下一页)</a>')


def shown(page: str) -> list[int]:
    """Whose lines are on the page."""
    return [int(number) for number in _ANYBODY.findall(page)]


def buttons(page: str) -> dict[str, str]:
    """Where the pager leads."""
    return {name: unescape(path) for path, name in _BUTTON.findall(page)}


def test_from_page_to_page_and_back(world: World) -> None:
    browser = world.signed_in(OWNER)
    for number in range(2, 121):
        world.member(f"成员{number}")
    world.member("别人")
    first = browser.looks(f"{MEMBERS}?q=成员")
    assert "共 119 位" in first
    assert list(buttons(first)) == ["下一页"]
    second = browser.looks(buttons(first)["下一页"])
    assert "共" not in re.findall(r'<p class="hint">[^<]*', second)
    third = browser.looks(buttons(second)["下一页"])
    assert shown(first) + shown(second) + shown(third) == list(range(120, 1, -1))
    assert list(buttons(third)) == ["上一页"]
    assert shown(browser.looks(buttons(third)["上一页"])) == shown(second)
    assert shown(browser.looks(buttons(second)["上一页"])) == shown(first)
    assert shown(browser.looks(f"{MEMBERS}?q=成员&after=30")) == list(range(80, 30, -1))


@pytest.mark.parametrize("where", ["before=1", "after=1", "after=999", "page=3"])
def test_behind_the_last_page_is_the_first(world: World, where: str) -> None:
    world.member("小明")
    page = world.signed_in(OWNER).looks(f"{MEMBERS}?q=小明&{where}")
    assert "共 1 位" in page
    assert "没有这样的成员" not in page


def test_looking_for_members(club: World) -> None:
    club.member("别家人", community="other")
    browser = club.signed_in(OWNER)
    everyone = browser.looks(MEMBERS)
    assert "小明" in everyone
    assert "小走" not in everyone
    assert "别家人" not in everyone
    assert "小走" in browser.looks(f"{MEMBERS}?state=")
    found = browser.looks(f"{MEMBERS}?q=拾光")
    assert "小明" in found
    assert "小红" not in found
    assert "小红" in browser.looks(f"{MEMBERS}?q=0%25")
    assert "小明" not in browser.looks(f"{MEMBERS}?q=%25")
    assert "共 1 位" in browser.looks(f"{MEMBERS}?role=operator")
    assert "共 1 位" in browser.looks(f"{MEMBERS}?role=owner")
    assert "共 2 位" in browser.looks(f"{MEMBERS}?role=member")
    assert "共 1 位" in browser.looks(f"{MEMBERS}?city=上海")


def test_a_card_is_shown_with_its_skills(club: World) -> None:
    number = club.member("小李", skills=["增长", "投放"]).id
    assert "<dt>技能</dt><dd>增长、投放</dd>" in club.signed_in(OWNER).looks(f"{MEMBERS}/{number}")


def test_only_admins(club: World) -> None:
    operator = club.signed_in("小运")
    assert "成员</a>" not in operator.looks("/c/renren/office/queue")
    operator.looks(MEMBERS)
    assert operator.status == 403


def test_another_role(club: World) -> None:
    number = club.member("小明").id
    browser = club.signed_in("副管", role="admin")
    page = browser.looks(f"{MEMBERS}/{number}")
    assert 'value="admin"' not in page
    page = browser.sends(f"{MEMBERS}/{number}/role", role="operator", reason="辛苦了")
    assert "小明 从成员改成了运营" in page
    assert "改了角色" in page
    assert "成员 → 运营" in page
    assert "辛苦了" in club.letters("onebot:小明")[-1].text
    browser.sends(f"{MEMBERS}/{number}/role", role="admin")
    assert browser.status == 422
    assert "只有群主" in browser.page


def test_out_and_in_again(new_world: NewWorld) -> None:
    world = new_world(terms=Terms(covenant=Covenant("1. 不发广告\n2. 友善")))
    number = world.member("小广").id
    world.posts("小广", "卖课程", kind="offer")
    browser = world.signed_in(OWNER)
    browser.looks(f"{MEMBERS}/{number}")
    browser.sends(f"{MEMBERS}/{number}/remove", reason="  ", clause="1")
    assert "要写上理由" in browser.page
    browser.sends(f"{MEMBERS}/{number}/remove", reason="广告", clause="7")
    assert "公约没有第 7 条" in browser.page
    page = browser.sends(f"{MEMBERS}/{number}/bar", reason="连发广告", clause="1")
    assert "已拉黑 小广，撤下 1 条" in page
    assert "黑名单" in page
    assert "公约第 1 条" in page
    assert "理由：连发广告" in world.letters("onebot:小广")[-1].text
    assert "小广" in browser.looks(f"{MEMBERS}?state=barred")
    browser.looks(f"{MEMBERS}/{number}")
    assert "移出黑名单，恢复成员资格" in browser.sends(f"{MEMBERS}/{number}/lift", reason="")


def test_nobody_decides_about_himself_or_his_like(club: World) -> None:
    other = club.member("副管二", role="admin").id
    browser = club.signed_in("副管", role="admin")
    assert "只有群主能改" in browser.looks(f"{MEMBERS}/{other}")
    browser.sends(f"{MEMBERS}/{other}/remove", reason="x")
    assert browser.status == 422


def test_everything_about_one(club: World) -> None:
    applies(club, "张三")
    browser = club.signed_in(OWNER)
    browser.looks("/c/renren/office/queue")
    browser.sends("/c/renren/office/queue/1/approve")
    about, reporter = club.member("小明"), club.member("小红")
    with club.scene() as scene:
        mine, his = scene.session.merge(reporter), scene.session.merge(about)
        reports.report(scene, reporter=mine, about=his, clause=0, text="骂人")
    page = browser.looks(f"{MEMBERS}/{about.id}")
    assert "骂人" in page
    assert "还没处理" in page
    assert "小红" not in page
    found = browser.looks(f"{MEMBERS}?q=张三")
    number = found.split("/office/members/")[-1].split('"')[0]
    page = browser.looks(f"{MEMBERS}/{number}")
    assert "#A1 已通过" in page
    browser.looks(f"{MEMBERS}/999")
    assert browser.status == 404


def test_whoever_is_reported_does_not_read_it_on_his_own_page(club: World) -> None:
    about, reporter = club.member("小管", role="admin"), club.member("小红")
    with club.scene() as scene:
        mine, his = scene.session.merge(reporter), scene.session.merge(about)
        reports.report(scene, reporter=mine, about=his, clause=0, text="骂人")
    assert "骂人" not in club.signed_in("小管").looks(f"{MEMBERS}/{about.id}")
    assert "骂人" in club.signed_in(OWNER).looks(f"{MEMBERS}/{about.id}")
