"""The platform is away for days: what was true meanwhile and is so no more is never said."""

from datetime import date

import pytest

from community.members.people import get_or_create_holder
from community.membership import dues, probation, standing
from community.posts.closing import finish, withdraw
from community.posts.publishing import publish
from community.posts.renewing import renew
from community.terms import Terms
from community.vetting import deciding, drafts
from storage.tables import Application, Member, Post
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import applies, orders


def said_to(chat: Chat, target: str) -> list[str]:
    """What is said there once words get through again."""
    return [send.text for send in chat.sent if send.target == target]


def test_one_notice_of_a_post_that_ran_out_meanwhile(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.is_cut_off(days=9)
    (told,) = said_to(chat, "onebot:小明")
    assert told.startswith("#1 需求「一台投影仪」到期了，已收起。")


@pytest.mark.both_databases
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
    assert told.startswith("申请 #A1 已经 7 天没有动静，先作废了。")


@pytest.mark.both_databases
def test_of_dues_the_latest_reminder_alone(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(dues=True))
    chat.says("小明", "#帮助")
    chat.says(ADMIN, "#会费 @小明 2026-03-20")
    chat.is_cut_off(days=25)
    (told,) = said_to(chat, "onebot:小明")
    assert "已经到期" in told


def _late_dues(chat: Chat, *, days: int = 17) -> None:
    """A reminder of 小明's dues waits to be sent."""
    chat.says("小明", "#帮助")
    chat.says(ADMIN, "#会费 @小明 2026-03-20")
    chat.channel_is_away(days=days)


@pytest.mark.parametrize(("days", "until"), [(17, "2027-03-20"), (25, "2027-03-20"), (17, "")])
def test_no_reminder_of_dues_that_were_paid_meanwhile(
    make_chat: ChatMaker, days: int, until: str
) -> None:
    chat = make_chat(terms=Terms(dues=True))
    _late_dues(chat, days=days)
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        paid = date.fromisoformat(until) if until else None
        dues.record(scene, actor=member, member=member, until=paid)
    chat.comes_back()
    thanks = ["你在「老友记」的会费登记到了 2027年3月20日，谢谢！"]
    assert said_to(chat, "onebot:小明") == (thanks if until else [])


@pytest.mark.both_databases
def test_no_reminder_of_dues_to_who_has_quit_meanwhile(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(dues=True))
    _late_dues(chat)
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        standing.end(scene, member=member, state="ended", actor=member)
    chat.comes_back()
    assert said_to(chat, "onebot:小明") == []


def test_no_reminder_of_an_event_to_who_has_come_meanwhile(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(probation=True, dues=True))
    chat.says("小明", "#帮助")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        dues.record(scene, actor=member, member=member, until=date(2026, 3, 20))
        probation.begin(scene, member=member)
    chat.channel_is_away(days=8)
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        probation.attend(scene, actor=member, member=member)
    chat.comes_back()
    said = said_to(chat, "onebot:小明")
    (dues_left,) = [text for text in said if "还有" in text]
    assert "会费登记到 2026年3月20日，还有 14 天" in dues_left
    assert "试用期完成" in said[-1]


@pytest.mark.both_databases
@pytest.mark.parametrize("end", ["withdrawn", "rejected", "answered"])
def test_no_reminder_of_an_application_that_was_settled_meanwhile(chat: Chat, end: str) -> None:
    applies(chat)
    orders(chat, "#补充 A1 在哪个部门？")
    chat.channel_is_away(days=2)
    with chat.scene() as scene:
        application = scene.session.get_one(Application, ("renren", 1))
        if end == "withdrawn":
            drafts.withdraw(scene, application)
        elif end == "answered":
            drafts.take_answer(scene, application, "研发部")
        else:
            deciding.reject(scene, application=application, admin=None, reason="对不上")
    chat.comes_back()
    told = said_to(chat, "onebot:小张")
    assert not [text for text in told if "作废" in text]
    assert len(told) == (end == "rejected")


def test_no_reminder_of_a_draft_that_went_on_meanwhile(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.channel_is_away(days=1)
    with chat.scene() as scene:
        application = scene.session.get_one(Application, ("renren", 1))
        drafts.hear(scene, application, "张三")
    chat.comes_back()
    assert said_to(chat, "onebot:小张") == []


@pytest.mark.both_databases
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
