"""Wanting to know somebody, and answering it, on the pages."""

from datetime import timedelta
from typing import Any

import pytest

from community.due import Round
from community.introductions import chasing
from storage.tables import Introduction
from tests.web.world import HOME, Browser, World

MINE = f"{HOME}/me/introductions"
WORDS = "想聊聊代理记账，微信 ming123"


@pytest.fixture
def asked(world: World) -> Browser:
    """小明 has asked 小红 about her offer; her browser."""
    world.posts("小红", "代理记账，报税", kind="offer")
    asker = world.signed_in("小明")
    page = asker.looks(f"{HOME}/posts/1")
    assert "想认识 小红" in page
    assert "会拿到你的联系方式：QQ 小明" in page
    said = asker.sends(f"{HOME}/posts/1/meet", words=WORDS)
    assert "已转达给 小红，对方愿意的话私聊告诉你。" in said
    return world.signed_in("小红")


def stored(world: World) -> Any:
    with world.scene() as scene:
        return scene.session.get_one(Introduction, ("renren", 1))


def test_a_yes_gives_contacts_to_both(world: World, asked: Browser) -> None:
    page = asked.looks(MINE)
    assert "小明 想认识你（#1「代理记账，报税」）" in page
    assert "ming123" not in page
    assert "不写就给：QQ 小红。" in page
    assert "给出去就收不回来" in page
    said = asked.sends(f"{MINE}/1/agree", contact="微信 hong456")
    assert "好，I1 牵上线了，联系方式也给了对方" in said
    assert "牵上线了" in asked.looks(MINE)
    assert "微信 hong456" in world.letters("onebot:小明")[-1].text
    assert "ming123" in world.letters("onebot:小红")[-1].text
    assert "已经牵上线了" in asked.sends(f"{MINE}/1/agree")


def test_a_no_is_seen_by_nobody_else(world: World, asked: Browser) -> None:
    asked.looks(MINE)
    assert "到此为止，没有人会知道" in asked.sends(f"{MINE}/1/decline")
    assert "你婉拒了" in asked.looks(MINE)
    asker = world.signed_in("小明")
    page = asker.looks(MINE)
    assert "想认识 小红（#1「代理记账，报税」）" in page
    assert "等对方回复" in page
    assert "已经转达过了（I1）。" in asker.looks(f"{HOME}/posts/1")
    assert 'name="words"' not in asker.page
    assert "到此为止" in asker.sends(f"{MINE}/1/decline")
    assert "你取消了" in asker.looks(MINE)


def test_what_is_refused_comes_back(world: World, asked: Browser) -> None:
    asker = world.signed_in("小明")
    world.posts("小刚", "代理记账", kind="offer")
    asker.looks(f"{HOME}/posts/2")
    page = asker.sends(f"{HOME}/posts/2/meet", words="长" * 301)
    assert asker.status == 422
    assert "那句话最多 300 字，超出 1 字，没有转达。" in page
    assert "长" * 301 in page
    assert "已经转达过了（I1）。" in asker.sends(f"{HOME}/members/1/meet", words="再问一次")
    assert "再问一次" in asker.page
    page = asked.looks(MINE)
    assert "联系方式最多" in asked.sends(f"{MINE}/1/agree", contact="长" * 301)
    assert "长" * 301 in asked.page


def test_what_came_of_it_is_told_once_it_is_asked(world: World, asked: Browser) -> None:
    asked.looks(MINE)
    asked.sends(f"{MINE}/1/agree")
    asker = world.signed_in("小明")
    assert "谈得怎样？" not in asker.looks(MINE)
    world.clock.advance(chasing.PAUSE + timedelta(days=1))
    with world.database.begin() as session:
        settings = {"renren": world.settings}
        turn = Round(session, settings, world.door.analyser(), world.clock.now(), limit=9)
        chasing.tick(turn)
    page = asker.looks(MINE)
    assert "谈得怎样？" in page
    assert "选一个" in asker.sends(f"{MINE}/1/outcome", outcome="")
    assert "太好了，记下了。" in asker.sends(f"{MINE}/1/outcome", outcome="succeeded")
    assert "牵上线了，成了" in asker.looks(MINE)
    assert stored(world).outcome == "succeeded"


def test_others_know_nothing_of_it(world: World, asked: Browser) -> None:
    del asked
    third = world.signed_in("小刚")
    assert "你还没有引荐。" in third.looks(MINE)
    assert "没有 I1 这个引荐。" in third.sends(f"{MINE}/1/agree")
    there = world.signed_in("小红", community="other")
    there.looks("/c/other/me/introductions")
    there.sends("/c/other/me/introductions/1/agree")
    assert there.status == 422
    world.member("小红", role="outsider")
    gone = world.signed_in("小红", role="outsider")
    gone.looks(MINE)
    assert gone.status == 403
    assert stored(world).state == "asked"
