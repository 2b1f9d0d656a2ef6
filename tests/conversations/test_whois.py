"""Other members' cards."""

import pytest

from community.members import privacy
from community.members.privacy import Privacy
from storage.tables import Member
from tests.conversations.chat import GROUP, OTHER_GROUP, Chat


def introduce(chat: Chat) -> None:
    """Some members with cards."""
    chat.says("小明", "#名片 姓名 张三 公司 字节 职位 产品经理 技能 增长 关键词 后端")
    chat.says("小红", "#名片 姓名 张三 公司 拾光 职位 摄影师")
    chat.says("小刚", "#名片 姓名 王五 公司 博锐 简介 十年猎头")


CARD = "王五（群名片：小刚）\n公司：博锐\n简介：十年猎头"


def test_by_name_mention_and_quote(chat: Chat) -> None:
    introduce(chat)
    assert chat.says("小明", "#谁是 王五") == CARD
    assert chat.says("小明", "#谁是 “王五”？") == CARD
    assert chat.says("小明", "#whois @小刚") == CARD
    chat.says("小刚", "大家好")
    said = chat.last_id
    assert chat.says("小明", "#谁是", quote=said) == CARD
    assert chat.says("小明", "#谁是 王", private=True) == CARD
    assert chat.called == []


@pytest.mark.both_databases
def test_namesakes_are_listed_and_chosen_by_number(chat: Chat) -> None:
    introduce(chat)
    assert chat.says("小刚", "#谁是 张三") == (
        "有 2 位：\n1. 张三 · 字节 · 产品经理\n2. 张三 · 拾光 · 摄影师\n看第二位，发 #谁是 张三 2"
    )
    assert chat.says("小刚", "#谁是 张三 2").startswith("张三（群名片：小红）\n公司：拾光")
    assert chat.says("小刚", "#谁是 张三 9").startswith("有 2 位：")


def test_many_namesakes(chat: Chat) -> None:
    for number in range(11):
        chat.says(f"张小{number}号", "#名片")
    answer = chat.says("小明", "#谁是 张小").splitlines()
    assert answer[0] == "有 11 位："
    assert answer[9] == "还有 3 位，写全名再试。"


@pytest.mark.both_databases
def test_keywords_accounts_and_mute_stay_private(chat: Chat) -> None:
    introduce(chat)
    chat.says("小明", "#勿扰")
    answer = chat.says("小刚", "#谁是 @小明")
    assert "后端" not in answer
    assert "勿扰" not in answer
    assert "onebot" not in answer


def test_nobody_of_that_name(chat: Chat) -> None:
    introduce(chat)
    assert chat.says("小明", "#谁是 赵六") == "没找到叫「赵六」的成员。换个写法，或直接 @ta。"
    assert chat.says("小明", "#谁是 @路人").startswith("我还不认识这位")
    assert chat.says("小明", "#谁是").startswith("想看谁？例如：#谁是 张三")


def test_an_empty_card(chat: Chat) -> None:
    chat.says("小红", "#帮助")
    assert chat.says("小明", "#谁是 小红") == "小红\n对方还没填名片。"
    assert chat.says("小明", "#谁是 小明") == "小明\n你还没填名片，发 #名片 看怎么填。"


def test_the_author_of_a_post_that_the_bot_spoke_of(chat: Chat) -> None:
    introduce(chat)
    chat.says("小刚", "#need 找一位懂跨境电商的合伙人")
    assert chat.says("小明", "#谁是", quote=chat.reply_id) == f"{CARD}\n近一年的参与者"


def test_for_members_of_this_community_alone(chat: Chat) -> None:
    introduce(chat)
    assert chat.says("外人", "#谁是 王五", group=OTHER_GROUP).startswith("没找到叫「王五」的成员")
    assert chat.says("生人", "#谁是 王五", private=True).startswith("我还不认识你")


def test_whoever_left_the_groups_is_still_a_member(chat: Chat) -> None:
    introduce(chat)
    chat.sits("小明", "小红", "小刚")
    chat.sits("小明", "小刚", group=GROUP)
    assert chat.says("小红", "#谁是 王五", private=True) == CARD
    assert chat.says("小明", "#谁是 @小红").startswith("张三（群名片：小红）")


@pytest.mark.both_databases
def test_whoever_quit_may_not_look_any_more(chat: Chat) -> None:
    introduce(chat)
    chat.says("小红", "#退出 确认")
    assert chat.says("小红", "#谁是 王五", private=True).startswith("你已退出「老友记」")
    assert chat.says("小明", "#谁是 @小红").startswith("我还不认识这位")


def test_a_card_tells_how_much_part_somebody_takes(chat: Chat) -> None:
    introduce(chat)
    chat.says("小刚", "#求 一台咖啡机")
    assert chat.says("小明", "#谁是 王五") == f"{CARD}\n近一年的参与者"


@pytest.mark.parametrize("text", ["#谁是 我", "#whois me"])
def test_one_s_own_card(chat: Chat, text: str) -> None:
    assert chat.says("张三", text).startswith("张三\n")


@pytest.mark.parametrize("text", ["#谁是 李四？", "#谁是：李四！", "#谁是 「李四」"])
def test_signs_around_a_name_do_not_hide_it(chat: Chat, text: str) -> None:
    chat.says("李四", "#帮助")
    assert chat.says("张三", text).startswith("李四\n")


@pytest.mark.parametrize("text", ["#谁是 他", "#谁是 ta？", "#谁是？"])
def test_pointing_at_a_quoted_message(chat: Chat, text: str) -> None:
    chat.says("李四", "#帮助")
    chat.says("李四", "早")
    assert chat.says("张三", text, quote=chat.last_id).startswith("李四\n")


def test_what_somebody_does_not_show(chat: Chat) -> None:
    introduce(chat)
    with chat.scene() as scene:
        for number, chosen in (
            (2, Privacy(listed=False)),
            (3, Privacy(shows_company=False, shows_contact=True, contact="微信 wangwu")),
        ):
            member = scene.session.get_one(Member, ("renren", number))
            assert privacy.choose(scene, member=member, chosen=chosen)
    assert chat.says("小明", "#谁是 王五") == (
        "王五（群名片：小刚）\n简介：十年猎头\n联系方式：微信 wangwu"
    )
    assert chat.says("小刚", "#谁是 张三").startswith("张三（群名片：小明）")
    assert chat.says("小刚", "#谁是 @小红") == "张三 没有公开名片。"
    assert chat.says("小红", "#谁是 我").startswith("张三（群名片：小红）\n公司：拾光")
    assert "小红" not in chat.says("小明", "#找 摄影师")
