"""Those whom only letters reach: applicants and members with a mail address."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlmodel import col, select

from bot.channels.mail.codec import to_letter
from bot.channels.mail.server import Sender
from community.actions import Send, load_action
from community.covenant import Covenant
from community.form import ApplicationRules
from community.members.people import get_or_create_holder
from community.membership import standing
from community.terms import Terms
from community.vetting import drafts, notifications, submitting
from storage.tables import Account, Application, Outbox
from tests.conversations.chat import GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.letters.mailing import WEB, only_mail
from tests.conversations.vetting import orders

ADDRESS = "mail:zhang@x.cn"
ANSWERS = {
    "name": "张三",
    "company": "人人网",
    "years": "2016-2019",
    "title": "产品经理",
    "city": "北京",
    "consent": "同意",
}


def applies(chat: Chat, account: str = ADDRESS) -> None:
    """A complete application from the page."""
    with chat.scene() as scene:
        application = drafts.create(scene, drafts.Applicant(account, "", None), source="web")
        application.answers = dict(ANSWERS)
        submitting.submit(scene, application)


def holds(chat: Chat, who: str, *addresses: str) -> None:
    """The member has these addresses, and used them after his other accounts."""
    with chat.scene() as scene:
        member = get_or_create_holder(scene, account=f"onebot:{who}")
        for address in addresses:
            scene.session.add(
                Account(
                    community_id="renren",
                    address=address,
                    member_id=member.id,
                    seen_at=chat.clock.now(),
                )
            )


def as_read(send: Send) -> tuple[EmailMessage, str]:
    """The letter as a mail program reads it, and its words."""
    when = datetime(2026, 3, 2, tzinfo=UTC)
    raw = to_letter(send, sender=Sender("bot@x.cn"), key="k", date=when).as_bytes()
    letter = message_from_bytes(raw, policy=default)
    plain = letter.get_body(("plain",))
    assert plain is not None
    return letter, str(plain.get_content()).replace("\r\n", "\n").partition("\n\n-- \n")[0]


def test_an_approval(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#通过 A1")
    letter, words = as_read(chat.letters[0])
    assert (letter["To"], letter["From"]) == ("zhang@x.cn", "老友记 <bot@x.cn>")
    assert letter["Subject"] == "你已经加入「老友记」"
    assert words == (
        "你加入「老友记」的申请 #A1 通过了，欢迎。\n\n"
        f"用这个邮箱登录，就能看到大家的需求和供给：{WEB}/c/renren\n\n"
        "进 QQ 群：申请加群 100，验证信息写上你的姓名和公司。"
    )
    assert not any(send.target == GROUP and "zhang" in send.text for send in chat.sent)


def test_a_rejection_tells_the_reason(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 查不到这段经历")
    [send] = chat.letters
    letter, words = as_read(send)
    assert letter["Subject"] == "你加入「老友记」的申请没有通过"
    assert words == (
        "你加入「老友记」的申请 #A1 没有通过。\n\n原因：查不到这段经历\n\n"
        f"可以改好再申请：{WEB}/join/renren/progress"
    )


def test_a_last_rejection_leads_nowhere(make_chat: ChatMaker) -> None:
    chat = make_chat(public_url=WEB, application=ApplicationRules(block_at=2))
    for number in (1, 2):
        applies(chat)
        orders(chat, f"#拒绝 A{number} 查不到这段经历")
    assert as_read(chat.letters[-1])[1] == (
        "你加入「老友记」的申请 #A2 没有通过。\n\n原因：查不到这段经历\n\n"
        "已经连着 2 次没有成功，先不再受理。有话请直接找管理员。"
    )


def test_a_question_back_and_its_reminders(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#补充 A1 你在哪个部门？")
    letter, words = as_read(chat.letters[0])
    assert letter["Subject"] == "你加入「老友记」的申请，还有一个问题"
    assert words == (
        "管理员看了你加入「老友记」的申请 #A1，想再了解：\n\n你在哪个部门？\n\n"
        f"在这里回答：{WEB}/join/renren/progress"
    )
    chat.passes(days=1)
    assert "到 3月9日 12:00 还没有回答，申请会作废。" in as_read(chat.letters[1])[1]
    chat.passes(days=7)
    assert chat.letters[-1].subject == "你加入「老友记」的申请已作废"
    assert len(chat.letters) == 3


def test_without_pages_letters_have_no_links(make_chat: ChatMaker) -> None:
    chat = make_chat()
    applies(chat)
    orders(chat, "#通过 A1")
    assert as_read(chat.letters[0])[1] == (
        "你加入「老友记」的申请 #A1 通过了，欢迎。\n\n"
        "进 QQ 群：申请加群 100，验证信息写上你的姓名和公司。"
    )


def test_who_is_in_a_chat_is_told_there(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    holds(chat, "小明", ADDRESS)
    chat.passes(days=6)
    assert "还有 24 小时到期" in chat.told("小明")
    assert chat.letters == []


@pytest.mark.both_databases
def test_who_has_only_mail_is_told_by_letter(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    holds(chat, "小明", ADDRESS)
    only_mail(chat, "小明")
    chat.passes(days=6)
    [send] = chat.letters
    assert send.subject == "你的需求「一台投影仪」快到期了"
    assert send.text == (
        "#1 需求「一台投影仪」还有 24 小时到期（3月9日 12:00）。\n\n"
        f"还要、办成了或不要了，在这里说一声：{WEB}/c/renren/me"
    )


def test_any_other_notice_leads_to_the_pages(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    holds(chat, "小明", ADDRESS)
    only_mail(chat, "小明")
    orders(chat, "#撤 1")
    [send] = chat.letters
    assert send.signed == "老友记"
    assert send.text.endswith(f"\n\n在网页上处理：{WEB}/c/renren/me")


def test_an_admin_whom_only_letters_reach_is_led_to_the_office(chat: Chat) -> None:
    chat.says("小明", "#帮助")
    holds(chat, "小明", "mail:ming@x.cn")
    orders(chat, "#角色 @小明 管理员")
    only_mail(chat, "小明")
    applies(chat)
    orders(chat, "#转 A1 小明")
    way = f"\n\n在网页上处理：{WEB}/c/renren/office/queue/1"
    assert chat.letters[-1].text.startswith("#A1 管理员 转给你（网页）\n姓名：张三\n")
    assert chat.letters[-1].text.endswith(way)
    with chat.scene() as scene:
        alone = replace(scene, settings=scene.settings.model_copy(update={"admin_group": None}))
        found = scene.session.get_one(Application, ("renren", 1))
        notifications.tell_admins(alone, "#A1 申请人自己取消了。", application=found)
        notifications.tell_admins(alone, "待审 1 份")
        lane = select(Outbox).where(Outbox.lane == "mail:ming@x.cn").order_by(col(Outbox.id))
        said = [load_action(row.action) for row in scene.session.exec(lane).all()[-2:]]
    assert [one.text for one in said if isinstance(one, Send)] == [
        f"#A1 申请人自己取消了。{way}",
        f"待审 1 份\n\n在网页上处理：{WEB}/c/renren/office",
    ]


def test_the_covenant_is_accepted_on_its_page(make_chat: ChatMaker) -> None:
    chat = make_chat(public_url=WEB, terms=Terms(covenant=Covenant("第1条 待人以诚。")))
    applies(chat)
    orders(chat, "#通过 A1")
    letter, words = as_read(chat.letters[-1])
    assert letter["Subject"] == "老友记：公约"
    assert words == (
        "这是「老友记」的公约：\n第1条 待人以诚。\n\n"
        f"看完同意，在这里点一下：{WEB}/c/renren/covenant"
    )
    with chat.scene() as scene:
        member = get_or_create_holder(scene, account=ADDRESS)
        standing.of(scene, member=member).covenant_told = "older"
    chat.passes(minutes=1)
    letter, words = as_read(chat.letters[-1])
    assert letter["Subject"] == "老友记：公约请看一下"
    assert words == f"「老友记」的公约请看一下。\n\n看全文、同意：{WEB}/c/renren/covenant"
