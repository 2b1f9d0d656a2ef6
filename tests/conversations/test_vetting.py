"""Applications as admins decide them."""

import pytest

from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.vetting import ONE_LINE, SECRETS, applies, card_for, orders


def test_approving_by_number(chat: Chat) -> None:
    applies(chat)
    assert orders(chat, "#通过 A1") == "已通过 #A1 张三。"
    assert chat.told("小张") == (
        "你加入「老友记」的申请 #A1 通过了，欢迎。\n"
        "还没进群的话，在 QQ 里申请加群 100，我会直接放行。"
    )
    assert orders(chat, "#待审") == "没有待审的申请。"


def test_a_card_offers_no_command_that_is_refused(chat: Chat) -> None:
    applies(chat)
    assert "#拒绝 A1 理由" in orders(chat, "#待审 A1")
    orders(chat, "#通过 A1")
    card = orders(chat, "#待审 A1")
    assert card.startswith("#A1 已通过（私聊）\n姓名：张三")
    assert "#拒绝" not in card


@pytest.mark.parametrize(
    "said", ["#通过 1", "#通过 #A1", "#通过#A1", "#通过A1", "#approve a1", "＃通过 Ａ1"]
)
def test_spellings_of_a_number(chat: Chat, said: str) -> None:
    applies(chat)
    assert orders(chat, said) == "已通过 #A1 张三。"


def test_approving_by_quoting_the_card(chat: Chat) -> None:
    applies(chat)
    card = card_for(chat)
    assert orders(chat, "#待审", quote=card).startswith("#A1 待审（私聊）\n姓名：张三")
    assert orders(chat, "#通过", quote=card) == "已通过 #A1 张三。"
    assert orders(chat, "#通过", quote=card).startswith("#A1 已经由 管理员 在")


def test_a_bare_word_under_the_card(chat: Chat) -> None:
    applies(chat)
    card = card_for(chat)
    assert orders(chat, "补充：你在哪个部门？", quote=card).startswith("已经问 #A1 的申请人")
    assert chat.says("小张", "商业化", private=True).startswith("收到")
    assert orders(chat, "拒绝", quote=card).startswith("要写上理由")
    assert orders(chat, "拒绝 太笼统", quote=card).startswith("已拒绝 #A1。理由：写得太笼统")
    assert orders(chat, "通过", quote=card).startswith("#A1 已经由 管理员 在")
    applies(chat)
    assert orders(chat, "通过", quote=card_for(chat)) == "已通过 #A2 张三。"


@pytest.mark.both_databases
def test_a_bare_word_is_chatter_from_others_and_elsewhere(chat: Chat) -> None:
    applies(chat)
    card, receipt = card_for(chat), card_for(chat, "onebot:小张")
    assert orders(chat, "通过") == ""
    assert orders(chat, "拒绝 太笼统") == ""
    chat.says("小明", "#需求 找设计师")
    post = chat.reply_id
    for said in ("通过", "拒绝 太笼统", "补充 一下，要懂品牌"):
        assert chat.says(ADMIN, said, quote=post) == ""
        assert chat.says("小明", said, quote=post) == ""
        assert orders(chat, said, who="小明", quote=card) == ""
        assert chat.says("路人", said, private=True, quote="bot-none") == ""
    told = chat.says("小张", "补充 我在商业化部门", private=True, quote=receipt)
    assert told.startswith("这句话我没有转给管理员")
    orders(chat, "#补充 A1 哪个部门？")
    asked = card_for(chat, "onebot:小张")
    assert chat.says("小张", "补充 商业化", private=True, quote=asked).startswith("收到")
    assert "答：补充 商业化" in chat.heard(ADMIN_GROUP)


def test_quoting_something_else_means_nothing(chat: Chat) -> None:
    applies(chat)
    chat.says("小明", "#need 找设计师")
    assert "没有对应的申请" in chat.says(ADMIN, "#通过", quote=chat.reply_id)
    assert chat.says(ADMIN, "#通过", private=True).startswith("哪一份？写上编号")
    assert orders(chat, "#通过 A1 A2").startswith("一次只写一个编号")
    assert orders(chat, "#通过 A1 行吗").startswith("没看懂「行吗」，没有改动。")
    assert orders(chat, "#通过 A7") == "没有 #A7 这份申请。发 #待审 看还没审的。"
    assert orders(chat, "#待审").startswith("待审 1 份")


def test_rejecting_for_a_named_reason_or_in_ones_own_words(chat: Chat) -> None:
    applies(chat)
    told = orders(chat, "#拒绝 A1")
    assert "现成的：太简单、名字不对、没人认识、太笼统、机器写的、不友善" in told
    text = "写得太笼统，请写明在哪家公司、哪几年、做过什么。"
    assert orders(chat, "#拒绝 A1 太笼统") == f"已拒绝 #A1。理由：{text}"
    assert chat.told("小张") == (
        f"你加入「老友记」的申请 #A1 没有通过。原因：{text}\n可以改好再申请：发 #申请"
    )
    applies(chat)
    orders(chat, "#拒绝 A2 先来参加一次活动吧")
    assert "原因：先来参加一次活动吧" in chat.told("小张")
    assert orders(chat, "#拒绝 A2 " + "长" * 301).startswith("#A2 已经由 管理员")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("通过，谢谢！", "已通过 #A1"),
        ("拒绝，谢谢", "要写上理由"),
        ("补充，谢谢大家", "想问什么？"),
        ("拒绝，谢谢关注，但没人认识你", "已拒绝 #A1。理由：谢谢关注，但没人认识你"),
    ],
)
def test_thanks_are_for_the_bot(chat: Chat, text: str, said: str) -> None:
    applies(chat)
    card = chat.reply_id
    assert chat.says(ADMIN, text, group=ADMIN_GROUP, quote=card).startswith(said)


def test_in_another_group_nothing_is_said_of_the_applicant(chat: Chat) -> None:
    applies(chat)
    for said in (
        "#待审",
        "#待审 A1",
        "#补充 A1 哪个部门？",
        "#通过 A1",
        "#通过 A1",
        "#拒绝 A1 太笼统",
    ):
        answer = chat.says(ADMIN, said)
        assert answer
        assert not any(secret in answer for secret in SECRETS), answer
        assert not any(send.aloud for send in chat.sent)
    assert chat.says(ADMIN, "#待审 A1") == "资料只给管理员看，私聊发你了。"
    assert "姓名：张三" in chat.told(ADMIN)


def test_who_may_know_the_applicant_and_who_is_double(chat: Chat) -> None:
    applies(
        chat, "大李", "#申请 老友记 姓名 李雷 公司 人人 在职时间 2018-2020 职位 设计师 城市 北京"
    )
    orders(chat, "#通过 A1")
    chat.says("小韩", "#名片 姓名 韩梅梅 公司 人人网有限公司")
    chat.says("老马", "#名片 姓名 马云 公司 阿里")
    chat.says("假张", "#名片 姓名 张三 公司 人人网")
    applies(chat, text=f"{ONE_LINE} 担保人 马云")
    card = chat.heard(ADMIN_GROUP)
    assert "已有同名同公司的成员：张三 · 人人网" in card
    assert (
        "可能认识 ta：马云（申请人写的担保人）、李雷（同公司，2018-2020，时间有重叠）、"
        "韩梅梅（同公司）" in card
    )


def test_past_applications_are_on_the_card(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 名字不对")
    assert chat.says("小张", "#申请 老友记", private=True).startswith("请看一下：\n姓名：张三")
    chat.says("小张", "姓名 张三丰", private=True)
    chat.says("小张", "确认", private=True)
    card = chat.heard(ADMIN_GROUP)
    assert "姓名：张三丰" in card
    assert "以前：#A1 3月2日 12:00 没通过：请用真实姓名申请。" in card


def test_what_is_missing_can_be_asked_for_or_filled_in(chat: Chat) -> None:
    chat.requests_to_join("新人", "问题：你是谁\n答案：王小明")
    card = chat.heard(ADMIN_GROUP)
    assert card.startswith("#A1 新申请（QQ 入群申请）\n姓名：王小明\n")
    assert "还缺：公司，补上才能通过" in card
    told = orders(chat, "#通过 A1")
    assert told.startswith("#A1 还缺 公司，不能通过。")
    assert orders(chat, "#通过 A1 公司 人人网") == "已通过 #A1 王小明。"


@pytest.mark.both_databases
def test_nobody_on_the_blacklist_is_approved(chat: Chat) -> None:
    chat.says("小张", "#帮助")
    applies(chat)
    orders(chat, "#拉黑 @小张 诈骗")
    assert orders(chat, "#通过 A1") == ("#A1 的申请人在黑名单里，不能通过。要放行，先发 #解除 M1。")
    assert chat.told("小张") == ""
    assert "\n⚠ 在黑名单里：诈骗\n" in orders(chat, "#待审 A1")
    orders(chat, "#解除 M1")
    assert orders(chat, "#通过 A1") == "已通过 #A1 张三。"


def test_nobody_approves_himself(chat: Chat) -> None:
    applies(chat, ADMIN)
    orders(chat, "#帮助")
    chat.says(ADMIN, ONE_LINE, private=True)
    chat.says(ADMIN, "确认", private=True)
    assert orders(chat, "#通过 A2") == "不能通过自己的申请，请另一位管理员来。"


def test_nobody_approves_what_he_sent_before_anybody_knew_him(chat: Chat) -> None:
    applies(chat, ADMIN)
    assert orders(chat, "#通过 A1") == "不能通过自己的申请，请另一位管理员来。"
    assert orders(chat, "#待审").startswith("待审 1 份")


def test_whoever_was_approved_in_private_is_let_into_the_group(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#通过 A1")
    chat.requests_to_join("小张", "我来了")
    assert [send.text for send in chat.sent if send.target == ADMIN_GROUP] == []
    assert "没有待审" in orders(chat, "#待审")


def test_a_long_list_is_cut(chat: Chat) -> None:
    applies(chat)
    for number in range(20):
        chat.requests_to_join(f"新人{number}", "答案：王小明 人人网")
    told = orders(chat, "#待审")
    assert told.startswith("待审 21 份：\n#A1 张三")
    assert "#A20 王小明" in told
    assert told.endswith("…… 还有 1 份\n看一份：#待审 A1")
