"""Ending the letters by the link in them."""

import pytest

from community.mailing import preferences
from community.members.people import get_or_create_holder
from storage.tables import Preference
from tests.web.world import World


def subscribed(world: World) -> str:
    """The link in the letters of a member."""
    world.member("小明", mail="ming@x.cn")
    with world.scene() as scene:
        member = get_or_create_holder(scene, account="onebot:小明")
        row = preferences.choose(scene, member=member, alerts="daily", digest="weekly")
        return f"/c/renren/unsubscribe/{row.unsubscribe}"


def chosen(world: World) -> tuple[str, str]:
    with world.scene() as scene:
        row = scene.session.get_one(Preference, ("renren", 1))
        return row.alerts, row.digest


def test_looking_switches_nothing_off(world: World) -> None:
    link, browser = subscribed(world), world.browser()
    page = browser.looks(link)
    assert "<li>新的匹配（每天一封）</li><li>新的需求和供给（每周一封）</li>" in page
    assert page.count("<button") == 1
    assert chosen(world) == ("daily", "weekly")


def test_the_button_switches_all_off(world: World) -> None:
    link, browser = subscribed(world), world.browser()
    browser.looks(link)
    for _ in range(2):
        assert "都关掉了" in browser.sends(link)
        assert browser.status == 200
    assert chosen(world) == ("off", "off")
    assert "都关掉了" in browser.looks(link)


def test_a_mail_program_does_it_by_itself(world: World) -> None:
    link = subscribed(world)
    response = world.browser().client.post(
        link, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False
    )
    assert response.status_code == 200  # no cookie, no token of a form, no way round
    assert chosen(world) == ("off", "off")


def test_a_member_who_is_signed_in_may_use_it_as_well(world: World) -> None:
    link = subscribed(world)
    assert "都关掉了" in world.signed_in("小红").sends(link)
    assert chosen(world) == ("off", "off")


@pytest.mark.parametrize("token", ["falsch", "x" * 300, "%00", "张三"])
def test_a_link_of_nobody(world: World, token: str) -> None:
    subscribed(world)
    browser = world.browser()
    assert "这个链接没有用了" in browser.looks(f"/c/renren/unsubscribe/{token}")
    assert browser.status == 404
    assert "这个链接没有用了" in browser.sends(f"/c/renren/unsubscribe/{token}")
    assert browser.status == 404
    assert chosen(world) == ("daily", "weekly")


def test_the_link_of_another_community(world: World) -> None:
    link = subscribed(world).replace("renren", "other")
    assert "这个链接没有用了" in world.browser().sends(link)
    assert chosen(world) == ("daily", "weekly")
