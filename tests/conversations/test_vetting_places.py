"""Applications where several communities, logs and the inbox are looked at from outside."""

from datetime import timedelta

import pytest
from loguru import logger
from sqlmodel import select

from community.actions import AnswerRequest
from community.covenant import Covenant
from community.form import ApplicationRules
from community.terms import Terms
from community.updates import Message, Sender
from storage.queries import counters
from storage.tables import Inbox, Member
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import ONE_LINE, SECRETS, applies, card_for, orders

ELSEWHERE = ONE_LINE.replace("老友记", "别家").replace("张三", "李四")


def test_an_admin_of_one_community_who_spoke_in_another_last(chat: Chat) -> None:
    applies(chat)
    chat.says(ADMIN, "#帮助", group=OTHER_GROUP)
    assert chat.says(ADMIN, "#待审", private=True).startswith("「老友记」待审 1 份：\n#A1 张三")
    assert chat.says(ADMIN, "#通过 A1", private=True) == "已通过 #A1 张三。"


@pytest.mark.both_databases
def test_an_admin_of_two_communities_has_to_say_which(make_chat: ChatMaker) -> None:
    chat = make_chat(other_admins=(ADMIN,))
    applies(chat)
    applies(chat, "小李", ELSEWHERE)
    card = card_for(chat, f"onebot:{ADMIN}")
    assert chat.says(ADMIN, "#通过 A1", private=True) == (
        "你管的几个社群都有 #A1：请引用那张卡片再发，或到群里发。"
    )
    assert chat.says(ADMIN, "#通过", private=True, quote=card) == "已通过 #A1 李四。"
    assert chat.says(ADMIN, "#通过 A1", private=True) == "已通过 #A1 张三。"


@pytest.mark.both_databases
def test_nobody_is_removed_from_the_community_that_was_not_meant(make_chat: ChatMaker) -> None:
    chat = make_chat(other_admins=(ADMIN,))
    chat.says("小明", "#帮助")
    chat.says("小红", "#帮助", group=OTHER_GROUP)
    assert chat.says(ADMIN, "#移除 M1 骂人", private=True) == (
        "你管的几个社群都有 M1：写上社群的名字，例如 #移除 别家 M1，或到群里发。"
    )
    assert chat.says(ADMIN, "#移除 老友记 M1 骂人", private=True).startswith("已移除 小明")
    for who, group in (("小刚", GROUP), ("小红", OTHER_GROUP)):
        chat.says(who, "#帮助", group=group)
        chat.clock.advance(timedelta(minutes=1))
    assert chat.says(ADMIN, "#角色 M3", private=True) == "小刚 是成员。"


def test_nor_is_another_report_decided(make_chat: ChatMaker) -> None:
    terms = Terms(covenant=Covenant(text="第1条 好好说话"))
    chat = make_chat(other_admins=(ADMIN,), terms=terms, admin_group=None)
    chat.says(ADMIN, "#帮助", group=OTHER_GROUP)
    chat.says("小明", "#帮助")
    chat.says("小明", "#举报 第1条 骂人", private=True)
    assert chat.says(ADMIN, "#处理 老友记 R1 成立 已提醒", private=True).startswith("R1 记为成立")


@pytest.mark.both_databases
def test_numbers_of_another_community_mean_nothing_here(chat: Chat) -> None:
    applies(chat, "小李", ELSEWHERE)
    assert orders(chat, "#通过 A1") == "没有 #A1 这份申请。发 #待审 看还没审的。"
    assert chat.says("小李", "#需求 x", group=OTHER_GROUP)


def test_an_admin_nobody_has_heard_yet_may_begin_in_private(chat: Chat) -> None:
    applies(chat)
    assert chat.says(ADMIN, "#待审", private=True).startswith("待审 1 份")
    assert chat.says("路人", "#待审", private=True).startswith("我还不认识你")


def test_the_log_learns_nothing_of_an_applicant(chat: Chat) -> None:
    lines: list[str] = []
    sink = logger.add(lambda message: lines.append(str(message)), level="INFO")
    applies(chat)
    chat.says("小张", "#申请 取消", private=True)
    chat.requests_to_join("小王", "问题：你是谁\n答案：张三 人人网 2016-2019")
    orders(chat, "#补充 A2 哪个部门？")
    orders(chat, "#拒绝 A2 太笼统")
    logger.remove(sink)
    assert not [line for line in lines if any(secret in line for secret in SECRETS)]


def test_only_private_words_are_kept_until_somebody_wants_them(chat: Chat) -> None:
    chat.says("小张", "群里的闲话")
    chat.says("小张", "私下的闲话", private=True)
    chat.says("小张", "   ", private=True)
    with chat.database.read() as session:
        kept = [row.update for row in session.exec(select(Inbox))]
    assert len(kept) == 1
    assert "闲话" not in kept[0]


@pytest.mark.parametrize("known", [True, False])
def test_the_roster_may_decide(make_chat: ChatMaker, known: bool) -> None:
    chat = make_chat(application=ApplicationRules(auto_approve=True))
    with chat.database.begin() as session:
        number = counters.take(session, community_id="renren", name="member")
        session.add(
            Member(
                community_id="renren", id=number, name="张三",
                company="人人网" if known else "别的公司", city="广州",
                created_at=chat.clock.now(), updated_at=chat.clock.now(),
            )
        )  # fmt: skip
    chat.says("小张", ONE_LINE, private=True)
    answer = chat.says("小张", "确认", private=True)
    if known:
        assert "通过了，欢迎" in answer
        assert chat.heard(ADMIN_GROUP) == "#A1 名册里有这个人，按规则自动通过了。"
        assert orders(chat, "#拒绝 A1 太笼统") == "#A1 在 3月2日 12:00 按规则自动通过了，没有改动。"
        assert "城市：北京" in chat.says("小明", "#谁是 张三")
    else:
        assert answer.startswith("收到")
        assert chat.heard(ADMIN_GROUP).startswith("#A1 新申请")


@pytest.mark.both_databases
def test_the_roster_waits_for_a_human_by_default(chat: Chat) -> None:
    with chat.database.begin() as session:
        number = counters.take(session, community_id="renren", name="member")
        session.add(
            Member(
                community_id="renren", id=number, name="张三", company="人人网",
                created_at=chat.clock.now(), updated_at=chat.clock.now(),
            )
        )  # fmt: skip
    applies(chat)
    assert "名册里有这个人，还没有账号，通过后就是 ta：张三 · 人人网" in chat.heard(ADMIN_GROUP)
    orders(chat, "#通过 A1")
    with chat.database.read() as session:
        names = [one.name for one in session.exec(select(Member)) if one.name == "张三"]
    assert names == ["张三"]
    assert GROUP not in [send.target for send in chat.sent]


def answered(chat: Chat) -> list[tuple[str, bool]]:
    """The platform's requests that were answered: flag, and whether somebody was let in."""
    actions = [action for action, _ in chat.channel.done]
    return [(one.flag, one.approve) for one in actions if isinstance(one, AnswerRequest)]


def test_whoever_waits_at_the_door_and_then_writes_is_let_in(chat: Chat) -> None:
    chat.requests_to_join("小张", "答案：我是老张", flag="f1")
    summary = chat.says("小张", ONE_LINE, private=True)
    assert "姓名：张三" in summary
    chat.says("小张", "确认", private=True)
    assert orders(chat, "#通过 A1").endswith("被新的申请 #A2 替换了，没有改动。")
    assert orders(chat, "#通过 A2") == "已通过 #A2 张三。"
    assert "通过了" in chat.told("小张")
    assert answered(chat) == [("f1", True)]


@pytest.mark.both_databases
def test_whoever_writes_and_then_stands_at_the_door_hears_both(chat: Chat) -> None:
    applies(chat)
    chat.requests_to_join("小张", "答案：我是张三", flag="f1")
    orders(chat, "#拒绝 A1 太笼统")
    assert "没有通过" in chat.told("小张")
    assert answered(chat) == [("f1", False)]


def command(chat: Chat, who: str, text: str, group: str | None) -> Message:
    """A message that is handed in together with others."""
    return Message(
        channel="onebot:bot",
        key=f"{who}-{text}",
        time=chat.clock.now(),
        group=group,
        message_id=f"{who}-{text}",
        sender=Sender(account=f"onebot:{who}", name=who),
        text=text,
    )


@pytest.mark.both_databases
def test_two_admins_in_the_same_moment(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=(ADMIN, "副管"))
    for number in range(1, 6):
        applies(chat, f"人{number}")
        chat.feed(
            command(chat, ADMIN, f"#通过 A{number}", ADMIN_GROUP),
            command(chat, "副管", f"#拒绝 A{number} 太笼统", None),
        )
        here = chat.heard(ADMIN_GROUP).split("\n---\n")
        answers = [*here, chat.told("副管")]
        done = [one for one in answers if one.startswith(("已通过", "已拒绝"))]
        late = [one for one in answers if "已经由" in one]
        told = chat.told(f"人{number}")
        assert len(done) == len(late) == 1, answers
        assert ("通过了" in told) == done[0].startswith("已通过")
        assert ("没有通过" in told) == done[0].startswith("已拒绝")
