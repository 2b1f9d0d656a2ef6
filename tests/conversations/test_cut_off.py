"""The platform is away for days: what was true meanwhile and is so no more is never said."""

import pytest

from community.members.people import get_or_create_holder
from community.posts.closing import finish, withdraw
from community.posts.publishing import publish
from community.posts.renewing import renew
from community.terms import Terms
from storage.tables import Member, Post
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import applies

pytestmark = pytest.mark.both_databases


def said_to(chat: Chat, target: str) -> list[str]:
    """What is said there once words get through again."""
    return [send.text for send in chat.sent if send.target == target]


def test_one_notice_of_a_post_that_ran_out_meanwhile(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.is_cut_off(days=9)
    (told,) = said_to(chat, "onebot:小明")
    assert told.startswith("#1 需求「一台投影仪」到期了，已收起。")


def test_a_notice_that_still_holds_is_said_late(chat: Chat) -> None:
    chat.says("小明", "#供 一台投影仪")
    chat.passes(days=82)
    chat.is_cut_off(days=4)
    (told,) = said_to(chat, "onebot:小明")
    assert told.startswith("#1 供给「一台投影仪」还有 7 天到期（5月31日 12:00）。")


@pytest.mark.parametrize(("days", "heard"), [(3, 1), (9, 0)])
def test_nothing_of_a_followed_post_that_ran_out_meanwhile(
    chat: Chat, days: int, heard: int
) -> None:
    chat.says("小红", "#订阅 投影仪")
    with chat.scene() as scene:
        author = get_or_create_holder(scene, account="onebot:小明", name="小明")
        publish(scene, author=author, kind="need", text="一台投影仪")
    chat.is_cut_off(days=days)
    assert len(said_to(chat, "onebot:小红")) == heard


def test_the_last_morning_s_list_alone(chat: Chat) -> None:
    applies(chat)
    chat.is_cut_off(days=7)
    (told,) = said_to(chat, ADMIN_GROUP)
    assert "等了 7 天" in told


def test_a_draft_that_ended_is_not_recalled_any_more(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.is_cut_off(days=5)
    (told,) = said_to(chat, "onebot:小张")
    assert told.startswith("你的申请还没写完")
    chat.is_cut_off(days=5)
    (told,) = said_to(chat, "onebot:小张")
    assert told.startswith("申请 #A1 7 天没有动静，先作废了。")


def test_of_dues_the_latest_reminder_alone(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(dues=True))
    chat.says("小明", "#帮助")
    chat.says(ADMIN, "#会费 @小明 2026-03-20")
    chat.is_cut_off(days=25)
    (told,) = said_to(chat, "onebot:小明")
    assert "已经到期" in told


@pytest.mark.parametrize("days", [6, 8])
@pytest.mark.parametrize("end", ["done", "withdrawn", "renewed"])
def test_no_notice_of_a_post_that_was_seen_to_on_the_web(chat: Chat, days: int, end: str) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.channel_is_away(days=days)
    with chat.scene() as scene:
        post = scene.session.get_one(Post, ("renren", 1))
        author = scene.session.get_one(Member, ("renren", post.author_id))
        if end == "done":
            finish(scene, post=post, actor=author, helpers=[])
        elif end == "withdrawn":
            withdraw(scene, post=post, actor=author)
        else:
            renew(scene, post=post, actor=author)
    chat.comes_back()
    assert said_to(chat, "onebot:小明") == []


def test_nothing_of_a_followed_post_that_was_withdrawn_meanwhile(chat: Chat) -> None:
    chat.says("小红", "#订阅 投影仪")
    with chat.scene() as scene:
        author = get_or_create_holder(scene, account="onebot:小明", name="小明")
        post = publish(scene, author=author, kind="need", text="一台投影仪").post
        withdraw(scene, post=post, actor=author)
    chat.comes_back()
    assert said_to(chat, "onebot:小红") == []


def test_who_follows_hears_of_a_post_that_was_renewed_meanwhile(chat: Chat) -> None:
    chat.says("小红", "#订阅 投影仪")
    with chat.scene() as scene:
        author = get_or_create_holder(scene, account="onebot:小明", name="小明")
        publish(scene, author=author, kind="need", text="一台投影仪")
    chat.channel_is_away(days=6)
    with chat.scene() as scene:
        post = scene.session.get_one(Post, ("renren", 1))
        author = scene.session.get_one(Member, ("renren", post.author_id))
        renew(scene, post=post, actor=author)
    chat.comes_back()
    (told,) = said_to(chat, "onebot:小红")
    assert told.startswith("你订阅的「投影仪」有新消息：\n#1 ")
