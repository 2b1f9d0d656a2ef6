"""A member's own card."""

import pytest

from tests.conversations.chat import ADMIN_GROUP, Chat

FULL = """#名片
姓名：李雷
公司：拾光科技
职位：产品经理
城市：北京
行业：企业服务
技能：增长、投放、需求分析
能给：产品咨询
想要：找技术合伙人
关键词：前端、后端
简介：做了十年产品
两次从零到一"""


def test_an_empty_card(chat: Chat) -> None:
    assert chat.says("小明", "#名片") == (
        "小明\n"
        "还没填：公司、职位、城市、行业、技能、能给、想要、关键词、简介\n"
        "要改，照这样发：#名片 公司 字节 职位 产品经理 技能 增长、投放"
    )


def test_filling_it_in_one_line_asks_for_skills(chat: Chat) -> None:
    assert chat.says("小明", "#名片 姓名 李雷 公司 字节 职位 产品经理 城市 北京") == (
        "已更新：姓名、公司、职位、城市。\n"
        "李雷（群名片：小明）\n"
        "公司：字节 · 职位：产品经理\n"
        "城市：北京\n"
        "还没填：行业、技能、能给、想要、关键词、简介\n"
        "还差技能：发 #名片 技能 增长、投放、招聘，写三到五项，有人需要时我才知道找你。"
    )
    answer = chat.says("小明", "#profile skills 增长、投放、招聘")
    assert answer.startswith("已更新：技能。\n李雷")
    assert "还差技能" not in answer


@pytest.mark.both_databases
def test_filling_it_line_by_line(chat: Chat) -> None:
    assert chat.says("小明", FULL) == (
        "已更新：姓名、公司、职位、城市、行业、技能、能给、想要、关键词、简介。\n"
        "李雷（群名片：小明）\n"
        "公司：拾光科技 · 职位：产品经理\n"
        "城市：北京 · 行业：企业服务\n"
        "技能：增长、投放、需求分析\n"
        "能给：产品咨询\n"
        "想要：找技术合伙人\n"
        "简介：做了十年产品\n"
        "两次从零到一\n"
        "关键词：前端、后端"
    )


@pytest.mark.both_databases
def test_clearing_a_field(chat: Chat) -> None:
    chat.says("小明", "#名片 公司 字节 技能 增长")
    answer = chat.says("小明", "#名片 公司 清空")
    assert answer.startswith("已更新：公司。")
    assert "字节" not in answer


def test_no_change(chat: Chat) -> None:
    chat.says("小明", "#名片 公司 字节 技能 增长")
    assert chat.says("小明", "#名片 公司：字节").startswith("名片没有变化。")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("爱好 足球", "没有「爱好」这一栏。可以写：姓名、公司、职位、城市、行业、技能、能给、"),
        ("公司 字节 姓名：", "「姓名」后面没有内容。要清空，发 #名片 姓名 清空。"),
        (f"姓名：{'雷' * 25} 城市：北京", "姓名最多 20 字，超出 5 字"),
    ],
)
def test_what_is_wrong_is_told_in_private_with_the_text(chat: Chat, text: str, reason: str) -> None:
    assert chat.says("小明", f"#名片 {text}") == ""
    told = chat.told("小明")
    assert told.startswith("名片没有改。\n")
    assert reason in told
    assert told.endswith(f"你的原文，改好再发：\n#名片 {text}")
    assert "字节" not in chat.says("小明", "#名片").splitlines()[0]
    assert "北京" not in chat.says("小明", "#名片")


def test_another_s_card_is_elsewhere(chat: Chat) -> None:
    assert chat.says("小明", "#名片 @小红").startswith("看别人的名片，发 #谁是")


def test_chatter_gets_no_answer(chat: Chat) -> None:
    assert chat.says("小明", "我的名片上公司写错了") == ""
    assert chat.says("小明", "名片 公司 字节") == ""
    assert chat.sent == []


def test_in_private_and_in_the_admin_group(chat: Chat) -> None:
    chat.says("小明", "#名片 公司 字节")
    assert "公司：字节" in chat.says("小明", "#名片", private=True)
    assert "公司：字节" in chat.says("小明", "#名片", group=ADMIN_GROUP)


@pytest.mark.parametrize("text", ["#名片？", "#名片。", "#profile !"])
def test_a_sign_is_no_field(chat: Chat, text: str) -> None:
    assert chat.says("张三", text) == chat.says("张三", "#名片")


@pytest.mark.parametrize("name", ["李四", "张三"])
def test_the_name_of_a_member_is_meant_to_show_his_card(chat: Chat, name: str) -> None:
    chat.says("李四", "#帮助")
    assert chat.says("张三", f"#名片 {name}").startswith(f"看名片，发 #谁是 {name}；")


def test_a_form_filled_in_but_for_the_last_field_is_not_misread(chat: Chat) -> None:
    assert chat.says("张三", "#名片 公司：字节，职位：产品经理, 城市") == ""
    assert "「城市」后面没有内容" in chat.told("张三")
    assert chat.told("张三").endswith("#名片 公司：字节，职位：产品经理, 城市")


@pytest.mark.parametrize("name", ["@李四", "＃撤 1", "张三@字节"])
def test_a_name_that_would_call_or_command_is_refused(chat: Chat, name: str) -> None:
    assert chat.says("张三", f"#名片 姓名 {name} 公司 字节") == ""
    assert "姓名里不能有 @ 和 #" in chat.told("张三")
    assert "公司：" not in chat.says("张三", "#名片")
