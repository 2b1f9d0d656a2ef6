"""Applying in private, as newcomers do it."""

import pytest

from community.form import ApplicationRules, FormField
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import ONE_LINE, applies, card_for

ANSWERS = (
    "张三",
    "人人网",
    "2016-2019",
    "产品经理",
    "北京",
    "互联网",
    "李雷",
    "产品咨询",
    "找合伙人",
    "跳过",
)
SUMMARY = """请看一下：
姓名：张三
公司：人人网
在职时间：2016-2019
现在职位：产品经理
城市：北京
行业：互联网
担保人：李雷
能给：产品咨询
想要：找合伙人
对就回「确认」提交，也表示同意管理员为审核查看以上内容。\
要改，写「公司 新内容」。不申请了回「取消」。"""


def test_one_question_at_a_time(chat: Chat) -> None:
    opening = chat.says("小张", "#申请 老友记", private=True)
    assert opening.startswith("申请加入「老友记」：我一项一项问")
    assert opening.endswith("1/10 你的真实姓名？")
    for number, answer in enumerate(ANSWERS[:-1], 2):
        assert chat.says("小张", answer, private=True).startswith(f"{number}/10 ")
    assert chat.says("小张", ANSWERS[-1], private=True) == SUMMARY
    assert chat.heard(ADMIN_GROUP) == ""
    assert chat.says("小张", "确认", private=True) == (
        "收到，你的申请编号是 #A1，正在等管理员看，有结果我会告诉你。"
    )
    card = chat.heard(ADMIN_GROUP)
    assert card.startswith("#A1 新申请（私聊）\n姓名：张三\n公司：人人网\n")
    assert card.endswith("#通过 A1 · #拒绝 A1 理由 · #补充 A1 问题 · #转 A1 @管理员")
    assert chat.heard(GROUP) == ""


def test_all_in_one_line_asks_for_nothing_more(chat: Chat) -> None:
    summary = chat.says("小张", ONE_LINE, private=True)
    assert "公司：人人网\n在职时间：2016-2019\n" in summary
    assert "回「确认」提交" in summary
    assert chat.says("小张", "对的", private=True).startswith("收到")


def test_what_is_required_is_asked_for(chat: Chat) -> None:
    answer = chat.says("小张", "#申请 老友记 我是张三，2016-2019在人人网做产品", private=True)
    assert answer == "4/10 现在做什么职位？例如 产品经理。"
    assert chat.says("小张", "无", private=True) == (
        "「现在职位」是必填的。\n4/10 现在做什么职位？例如 产品经理。"
    )
    assert chat.says("小张", "创始人", private=True).startswith("5/10 ")
    assert "城市：上海" in chat.says("小张", "上海", private=True)


def test_the_first_answer_may_say_it_all(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    answer = chat.says("小张", "张三，2016-2019 在人人网做产品", private=True)
    assert answer == "4/10 现在做什么职位？例如 产品经理。"


def test_too_long_or_too_short_is_told_with_the_overrun(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    assert chat.says("小张", "你好！我来了", private=True).startswith("「姓名」只写名字就好")
    assert chat.says("小张", "三", private=True).startswith("「姓名」至少 2 字，还差 1 字。")
    assert chat.says("小张", "三" * 23, private=True).startswith("「姓名」最多 20 字，超出 3 字。")


def test_the_summary_can_be_changed(chat: Chat) -> None:
    chat.says("小张", ONE_LINE, private=True)
    assert "城市：杭州" in chat.says("小张", "改城市：杭州", private=True)
    assert "公司：人人游戏" in chat.says("小张", "公司 人人游戏", private=True)
    assert chat.says("小张", "你好", private=True).startswith("没看懂。对就回「确认」")
    assert chat.says("小张", "没问题", private=True).startswith("收到")
    assert "公司：人人游戏" in chat.heard(ADMIN_GROUP)


def test_an_answer_in_a_sentence_or_with_more_in_it(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.says("小张", "我叫小红。", private=True)
    answer = chat.says("小张", "公司字节，产品经理，北京", private=True)
    assert answer.startswith("3/10 ")
    assert chat.says("小张", "2018-2021", private=True).startswith("6/10 ")
    for _ in range(5):
        summary = chat.says("小张", "跳过", private=True)
    assert (
        "姓名：小红\n公司：字节\n在职时间：2018-2021\n现在职位：产品经理\n城市：北京\n" in summary
    )


def test_a_question_of_the_applicant_is_no_answer(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    told = chat.says("小张", "为什么要填这个？", private=True)
    assert told.startswith("这句我没有当成回答。问这些是给管理员核对身份用的，这一项必填。")
    assert told.endswith("\n1/10 你的真实姓名？")
    assert chat.says("小张", "好的", private=True) == "1/10 你的真实姓名？"
    assert chat.says("小张", "我是刘洋，人人网的", private=True).startswith("2/10 ")
    assert "我没有当成回答" in chat.says("小张", "什么公司都行吗", private=True)
    assert chat.says("小张", "人人网 2012-2015", private=True).startswith("4/10 ")
    chat.says("小张", "我现在是产品经理", private=True)
    told = chat.says("小张", "坐标北京", private=True)
    assert told.startswith("6/10 ")
    assert "不想填就回「跳过」" in chat.says("小张", "必须填吗？", private=True)
    for said in ("跳过", "跳过", "可以看商业计划书，要聊聊吗？", "跳过"):
        assert "我没有当成回答" not in chat.says("小张", said, private=True)
    assert "能给：可以看商业计划书，要聊聊吗？\n" in chat.says("小张", "跳过", private=True)


def test_one_step_back_and_from_the_beginning(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    assert chat.says("小张", "上一步", private=True) == "这已经是第一项了。\n1/10 你的真实姓名？"
    chat.says("小张", "刘洋", private=True)
    chat.says("小张", "糯米网", private=True)
    assert chat.says("小张", "上一步", private=True).startswith("2/10 ")
    chat.says("小张", "人人网", private=True)
    assert chat.says("小张", "姓名改成刘大洋", private=True).startswith("3/10 ")
    assert chat.says("小张", "#申请 重来", private=True) == "1/10 你的真实姓名？"
    summary = chat.says("小张", ONE_LINE, private=True)
    assert "姓名：张三\n公司：人人网\n" in summary
    assert "城市：杭州" in chat.says("小张", "把城市改成杭州", private=True)
    assert "公司：糯米网" in chat.says("小张", "公司写错了，应该是糯米网", private=True)
    assert chat.says("小张", "上一步", private=True).startswith("10/10 ")
    assert chat.says("小张", "不填了", private=True).startswith("好，申请 #A1 取消了。")


def test_neither_a_pause_nor_a_second_thought_answers_the_question(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    assert chat.says("小张", "稍等", private=True) == "1/10 你的真实姓名？"
    assert chat.says("小张", "刘羊", private=True).startswith("2/10 ")
    assert chat.says("小张", "打错了，我叫刘洋", private=True).startswith("2/10 ")
    assert chat.says("小张", "等一下，我在开会", private=True).startswith("2/10 ")
    assert chat.says("小张", "人人网 2012-2015", private=True).startswith("4/10 ")
    assert chat.says("小张", "城市：上海", private=True).startswith("4/10 ")
    for said in ("产品经理", *["跳过"] * 5):
        summary = chat.says("小张", said, private=True)
    assert "姓名：刘洋\n公司：人人网\n" in summary
    assert "城市：上海\n" in summary


@pytest.mark.both_databases
def test_a_question_fills_no_gap(chat: Chat) -> None:
    chat.requests_to_join("张三", "张三")
    chat.says(ADMIN, "#补充 A1", group=ADMIN_GROUP)
    chat.requests_to_join("张三", "为什么要填公司？")
    assert "答：为什么要填公司？\n还缺：公司" in chat.heard(ADMIN_GROUP)
    assert chat.says(ADMIN, "#通过 A1", group=ADMIN_GROUP).startswith("#A1 还缺 公司，不能通过。")
    chat.says(ADMIN, "#补充 A1", group=ADMIN_GROUP)
    chat.says("张三", "为什么呢？", private=True)
    assert "答：为什么呢？\n还缺：公司" in chat.heard(ADMIN_GROUP)
    chat.says(ADMIN, "#补充 A1", group=ADMIN_GROUP)
    chat.says("张三", "我在人人网待过", private=True)
    assert "公司：人人网\n" in chat.heard(ADMIN_GROUP)


def test_words_to_what_waits_are_answered_and_thanks_are_not(chat: Chat) -> None:
    applies(chat)
    told = chat.says("小张", "补充一下，我在商业化部门", private=True)
    assert told.startswith("这句话我没有转给管理员。你的申请 #A1（3月2日 12:00 提交）正在等")
    for said in ("谢谢啦", "好的", "👌", "嗯"):
        assert chat.says("小张", said, private=True) == ""
    chat.says("小张", "#帮助")
    assert chat.says("小张", "补充一下，我在商业化部门", private=True) == ""  # members chat freely


def test_an_applicant_uses_nothing_of_the_pool(chat: Chat) -> None:
    applies(chat)
    receipt = card_for(chat, "onebot:小张")
    for said in ("#求 设计师", "#谁是 小明", "#我的", "#找 设计师"):
        answer = chat.says("小张", said, private=True, quote=receipt)
        assert answer == "你还不是「老友记」的成员，这个指令用不了。想加入，发 #申请。"
    chat.says("小张", "#求 设计师", private=True)
    assert chat.says("小明", "#谁是 小张").startswith("没找到")


def test_in_the_group_there_is_only_a_hint(chat: Chat) -> None:
    hint = "我私聊找你了，只有管理员看得到。没收到就直接私聊我发 #申请。"
    for word in ("#join", "#加入", "#报到"):
        assert chat.says("小张", word) == hint
    assert chat.told("小张").endswith("1/10 你的真实姓名？")
    assert chat.says("小张", "张三", private=True).startswith("2/10")
    assert chat.says("小张", "#申请 公司 人人网 城市 北京") == hint
    assert chat.told("小张").startswith("3/10")
    for send in chat.sent:
        assert not send.aloud
    assert chat.says("小张", "随便聊聊") == ""
    assert "人人" not in chat.heard(GROUP)


def test_private_chatter_is_answered_by_nobody(chat: Chat) -> None:
    assert chat.says("路人", "在吗", private=True) == ""
    assert chat.says("路人", "#我的", private=True).startswith("我还不认识你")
    chat.says("小明", "#need 找设计师")
    assert chat.says("小明", "谢谢", private=True) == ""


@pytest.mark.both_databases
def test_a_restart_in_the_middle_changes_nothing(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.says("小张", "张三", private=True)
    chat.restarts()
    assert chat.says("小张", "人人网", private=True).startswith("3/10")
    chat.restarts()
    chat.says("小张", "在职时间 2016-2019 职位 产品经理 城市 北京", private=True)
    for _ in range(5):
        last = chat.says("小张", "跳过", private=True)
    assert "姓名：张三\n公司：人人网" in last
    chat.restarts()
    assert chat.says("小张", "确认", private=True).startswith("收到")


def test_several_communities_and_a_stranger(chat: Chat) -> None:
    assert chat.says("小张", "#申请", private=True) == (
        "我在几个社群里：老友记、别家。想加入哪个？例如发 #申请 老友记"
    )
    assert chat.says("小张", "#申请 别家", private=True).startswith("申请加入「别家」")
    assert chat.says("小张", "张三", private=True).startswith("2/10")
    chat.passes(minutes=1)
    assert chat.says("小张", "#申请 老友记", private=True).startswith("申请加入「老友记」")
    assert chat.says("小张", "张三丰", private=True).startswith("2/10")


@pytest.mark.parametrize("text", ["#申请老友记", "＃加入老友记", "#申请加入老友记！"])
def test_a_stranger_need_not_leave_a_blank_before_the_name(chat: Chat, text: str) -> None:
    chat.says("小张", "#申请", private=True)
    assert chat.says("小张", text, private=True).startswith("申请加入「老友记」")


@pytest.mark.both_databases
def test_a_form_of_ones_own_with_proof(make_chat: ChatMaker) -> None:
    fields = (
        FormField(key="name", required=True),
        FormField(key="hometown", label="籍贯", required=True),
        FormField(key="proof", required=True),
    )
    rules = ApplicationRules(fields=fields, mail_domains=("x.cn",), proof_vouchers=2)
    chat = make_chat(application=rules)
    chat.says("李雷", "#名片 姓名 李雷")
    chat.says("韩梅梅", "#名片 姓名 韩梅梅")
    chat.says("小张", "#申请 老友记 姓名 张三 籍贯 四川", private=True)
    told = chat.says("小张", "a@y.cn", private=True)
    assert told.startswith("还不够证明，需要 @x.cn 的邮箱，或 2 位群里成员的名字。\n3/3 ")
    assert chat.says("小张", "李雷", private=True).startswith("还不够证明")
    assert chat.says("小张", "李雷和韩梅梅", private=True).startswith("请看一下")
    assert "证明：me@x.cn" in chat.says("小张", "证明 me@x.cn", private=True)
    assert chat.says("小张", "确认", private=True).startswith("收到")


def test_only_admins_hear_whether_vouchers_are_members(make_chat: ChatMaker) -> None:
    fields = (FormField(key="name", required=True), FormField(key="proof", required=True))
    chat = make_chat(application=ApplicationRules(fields=fields, proof_vouchers=2))
    chat.says("李雷", "#名片 姓名 李雷")
    chat.says("韩梅梅", "#名片 姓名 韩梅梅")
    chat.says("小张", "#申请 老友记 姓名 张三", private=True)
    told = chat.says("小张", "李雷和赵六", private=True)
    assert told.startswith("请看一下：\n姓名：张三\n证明：李雷和赵六\n对就回")
    assert chat.says("小张", "确认", private=True).startswith("收到")
    assert "还缺：证明，补上才能通过" in chat.heard(ADMIN_GROUP)
    assert "作证的成员要 2 位，名册里认出的：李雷" in chat.heard(ADMIN_GROUP)
    assert "还缺 证明，不能通过" in chat.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    chat.says(ADMIN, "#补充 A1 还有谁认识你？", group=ADMIN_GROUP)
    chat.says("小张", "李雷和韩梅梅都能给我作证", private=True)
    assert "作证的成员" not in chat.heard(ADMIN_GROUP)
    assert "通过" in chat.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)


def test_a_no_answers_a_question_of_the_community(make_chat: ChatMaker) -> None:
    fields = (
        FormField(key="name", required=True),
        FormField(key="sells", label="微商", question="做过微商吗？", required=True),
        FormField(key="gives"),
    )
    chat = make_chat(application=ApplicationRules(fields=fields))
    chat.says("小张", "#申请 老友记", private=True)
    assert chat.says("小张", "张三", private=True) == "2/3 做过微商吗？"
    assert chat.says("小张", "没有", private=True).startswith("3/3 ")
    summary = chat.says("小张", "暂时没有", private=True)
    assert summary.startswith("请看一下：\n姓名：张三\n微商：没有\n对就回「确认」")
