"""Somebody who is in several communities of one bot."""

import re
from datetime import timedelta

import pytest

from tests.conversations.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import ONE_LINE, applies, orders


@pytest.fixture
def known(chat: Chat) -> Chat:
    """小明 is in both, 小红 in one."""
    chat.says("小明", "#帮助", group=OTHER_GROUP)
    chat.clock.advance(timedelta(minutes=1))
    chat.says("小明", "#帮助")
    chat.says("小红", "#帮助")
    return chat


@pytest.mark.both_databases
def test_what_comes_by_itself_says_which_it_is(known: Chat) -> None:
    known.says("小明", "#求 找人代理记账", group=OTHER_GROUP)
    known.says("小明", "#求 找人代理记账")
    known.says("小红", "#供 代理记账、报税", private=True)
    known.passes(minutes=1)
    assert known.told("小明").startswith("「老友记」你的 #1 需求「找人代理记账」，后来有这些")
    known.says("小红", "#求 咖啡机")
    known.says("小红", "#搞定 3 @小明")
    assert known.told("小明").startswith("「老友记」小红 说多亏你")
    known.passes(days=6)
    assert "「老友记」#1 需求「找人代理记账」还有 24 小时到期" in known.told("小明")
    assert "「别家」#1 需求「找人代理记账」还有 24 小时到期" in known.told("小明")


def test_who_leads_two_reads_which_one_has_an_application(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=("老陈", "老王"), other_admins=("老陈",), admin_group=None)
    applies(chat)
    assert chat.told("老陈").startswith("「老友记」#A1 新申请")
    assert chat.told("老王").startswith("#A1 新申请")
    applies(chat, "小李", ONE_LINE.replace("老友记", "别家"))
    assert chat.told("老陈").startswith("「别家」#A1 新申请")
    assert chat.says("老陈", "#待审 老友记", private=True).startswith("「老友记」待审 1 份：\n")
    assert chat.says("老陈", "#通过 别家 A1", private=True) == "已通过 #A1 张三。"
    assert chat.says("老陈", "#待审 别家", private=True) == "「别家」没有待审的申请。"
    assert chat.says("老王", "#待审", private=True).startswith("待审 1 份：\n")


@pytest.mark.both_databases
def test_words_under_a_notice_are_for_the_community_that_sent_it(known: Chat) -> None:
    known.says("小明", "#求 咖啡机", group=OTHER_GROUP)
    known.passes(days=6)
    notice = known.reply_id
    known.says("小明", "#求 投影仪")
    answer = known.says("小明", "还没找到", quote=notice, private=True)
    assert answer.startswith("这句我没听懂，#1 需求「咖啡机」没有改动。")


def test_who_is_in_one_is_not_bothered_with_its_name(known: Chat) -> None:
    known.says("小红", "#求 找人代理记账")
    known.passes(days=6)
    assert known.told("小红").startswith("#1 需求「找人代理记账」还有")


def test_each_says_what_it_keeps_and_where_there_is_more(known: Chat) -> None:
    known.says("小明", "#供 代理记账", group=OTHER_GROUP)
    known.clock.advance(timedelta(minutes=1))
    known.says("小明", "#求 投影仪")
    known.says("小明", "#我的数据", private=True)
    assert "社群：老友记" in known.told("小明")
    assert "「别家」另算：发 #我的数据 别家。" in known.told("小明")
    known.says("小明", "#我的数据 别家", private=True)
    assert "社群：别家" in known.told("小明")
    assert "投影仪" not in known.told("小明")
    known.says("小红", "#我的数据", private=True)
    assert "另算" not in known.told("小红")


@pytest.mark.both_databases
def test_who_applied_to_one_is_not_kept_from_what_the_other_has(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#通过 A1")
    chat.clock.advance(timedelta(minutes=1))
    chat.says("小张", "#求 投影仪", group=OTHER_GROUP)
    chat.says("小张", "#我的数据", private=True)
    assert "社群：别家" in chat.told("小张")
    assert "「老友记」另算" in chat.told("小张")


@pytest.mark.both_databases
@pytest.mark.parametrize("club", ["老友记", "别家"])
def test_each_forgets_by_itself_whatever_was_said_between(known: Chat, club: str) -> None:
    known.says("小明", "#供 代理记账", group=OTHER_GROUP)
    known.says("小明", "#求 投影仪")
    asked = known.says("小明", f"#删除我的数据 {club}", private=True)
    [order] = re.findall(rf"#删除我的数据 {club} \d{{6}} 全删", asked)
    for group in (GROUP, OTHER_GROUP):
        known.clock.advance(timedelta(minutes=1))
        known.says("小明", "#帮助", group=group)
    assert known.says("小明", order, private=True).startswith(f"「{club}」里你的数据已经删除")


@pytest.mark.both_databases
def test_accounts_are_bound_in_the_community_that_is_named(known: Chat) -> None:
    known.says("小明二号", "#帮助")
    known.clock.advance(timedelta(minutes=1))
    known.says("小明二号", "#帮助", group=OTHER_GROUP)
    told = known.says("小明", "#绑定 老友记", private=True)
    [order] = re.findall(r"#绑定 老友记 \d{6}", told)
    assert "在「老友记」里，两边就算同一个人" in told
    assert known.says("小明二号", order, private=True).startswith("绑定好了")


@pytest.mark.both_databases
def test_numbers_are_of_the_community_that_is_named(known: Chat) -> None:
    known.says("小明", "#供 代理记账", group=OTHER_GROUP)
    known.clock.advance(timedelta(minutes=1))
    known.says("小明", "#求 投影仪")
    assert known.says("小明", "#我的", private=True).startswith("你在「老友记」进行中的（1 条）")
    assert known.says("小明", "#撤 别家 1", private=True).startswith("#1 供给「代理记账」")
    assert known.says("小明", "#我的 老友记", private=True).startswith("你在「老友记」进行中的")
    assert known.says("小明", "#求 别家有没有投影仪", private=True).startswith("已记下 #2")


@pytest.mark.parametrize(
    ("said", "answer", "bare"),
    [
        ("#订阅 会计", "已在「老友记」订阅「会计」，", "已订阅「会计」，"),
        ("#订阅 咖啡机", "「咖啡机」早就在「老友记」订阅了。", "「咖啡机」早就订阅了。"),
        ("#订阅", "你在「老友记」订阅了：「咖啡机」", "你订阅了：「咖啡机」"),
        ("#退订 咖啡机", "已在「老友记」退订「咖啡机」。", "已退订「咖啡机」。"),
        (
            "#退订 会计",
            "你在「老友记」没有订阅「会计」。你在「老友记」订阅了",
            "你没有订阅「会计」",
        ),
        ("#退订 全部", "已在「老友记」全部退订：「咖啡机」", "已全部退订：「咖啡机」"),
        ("#名片", "你在「老友记」的名片：\n小明\n", "小红\n"),
        ("#名片 公司 字节", "已在「老友记」更新：公司。\n", "已更新：公司。\n"),
        ("#名片 城市 北京", "名片在「老友记」没有变化。\n", "名片没有变化。\n"),
    ],
)
def test_follows_and_the_card_are_of_the_community_that_is_told(
    known: Chat, said: str, answer: str, bare: str
) -> None:
    known.says("小明", "#订阅 咖啡机")
    known.says("小明", "#名片 城市 北京")
    assert known.says("小明", said, private=True).startswith(answer)
    known.says("小红", "#名片 城市 北京")
    known.says("小红", "#订阅 咖啡机")
    assert known.says("小红", said, private=True).startswith(bare)


def test_nothing_is_followed_where_it_is_told(known: Chat) -> None:
    assert known.says("小明", "#订阅", private=True).startswith("你在「老友记」还没有订阅。")
    assert known.says("小明", "#退订 全部", private=True) == "你在「老友记」没有订阅任何词。"
    assert known.says("小明", "#订阅").startswith("你还没有订阅。")


@pytest.mark.both_databases
def test_a_community_is_found_by_the_name_that_it_has_now(known: Chat) -> None:
    known.renames(other="新家園")
    assert known.says("小明", "#我的 别家", private=True).startswith("你在「老友记」")
    assert known.says("小明", "#我的 新家园", private=True).startswith("你在「新家園」")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("别家❤\ufe0f", "别家❤"),
        ("别家❤", "别家❤\ufe0f"),
        ("别\u200b家", "别家"),
        ("别家", "别\u200b家"),
    ],
)
def test_signs_that_nobody_sees_change_no_number(known: Chat, name: str, said: str) -> None:
    known.renames(other=name)
    for text in ("代理记账", "咖啡机"):
        known.says("小明", f"#供 {text}", group=OTHER_GROUP)
    known.clock.advance(timedelta(minutes=1))
    known.says("小明", "#我的")
    assert known.says("小明", f"#撤 {said}21", private=True).startswith("没有 #21")
    assert known.says("小明", f"#撤 {said} 2", private=True).startswith("#2 供给「咖啡机」撤下了")


def test_a_community_that_does_not_know_him_is_not_asked(known: Chat) -> None:
    known.says("小红", "#供 代理记账")
    known.says("小红", "#我的数据 别家", private=True)
    assert "社群：老友记" in known.told("小红")


@pytest.mark.both_databases
def test_an_account_that_only_sits_in_a_group_is_bound_there(known: Chat) -> None:
    known.sits("小明", "小明二号")
    known.says("小明二号", "#帮助", group=OTHER_GROUP)
    [order] = re.findall(r"#绑定 老友记 \d{6}", known.says("小明", "#绑定 老友记", private=True))
    assert known.says("小明二号", order, private=True).startswith("绑定好了")


@pytest.mark.both_databases
def test_each_community_answers_its_own_part_of_a_message(known: Chat) -> None:
    known.says("小明", "#供 代理记账", group=OTHER_GROUP)
    known.clock.advance(timedelta(minutes=1))
    known.says("小明", "#求 投影仪")
    answers = known.says("小明", "#我的 老友记\n#撤 别家 1", private=True).split("\n---\n")
    assert len(answers) == 2
    assert answers[0].startswith("你在「老友记」进行中的（1 条）")
    assert answers[1].startswith("#1 供给「代理记账」撤下了")
    undone = known.says("小明", "撤回", quote=known.reply_id, private=True)
    assert undone == "#1 供给「代理记账」又放回来了。"


def test_who_wants_to_be_left_alone_reads_where_he_is(known: Chat) -> None:
    said = known.says("小明", "#勿扰", private=True)
    assert said.startswith("好，在「老友记」不再 @ 你了")
    assert said.endswith("要恢复，发 #勿扰 老友记 关。「别家」另算：发 #勿扰 别家。")
    assert known.says("小明", "#勿扰 别家", private=True).startswith("好，在「别家」不再 @ 你了")
    assert (
        known.says("小明", "#勿扰 老友记 关", private=True) == "好，在「老友记」有合适的会再 @ 你。"
    )
    assert "「" not in known.says("小明", "#勿扰", group=OTHER_GROUP)


@pytest.mark.both_databases
def test_who_quits_says_which_and_a_second_yes_ends_no_other(known: Chat) -> None:
    known.says("小明", "#求 投影仪")
    asked = known.says("小明", "#退出 别家", private=True)
    assert "「别家」" in asked
    assert "确定就发 #退出 别家 确认；" in asked
    assert "确定就发 #退出 别家 确认；" in known.says("小明", "#退出 确认", private=True)
    assert "你已退出「别家」" in known.says("小明", "#退出 别家 确认", private=True)
    assert "确定就发 #退出 老友记 确认；" in known.says("小明", "#退出 确认", private=True)
    assert "投影仪" in known.says("小明", "#我的", private=True)
    assert known.says("小红", "#退出 确认", private=True).startswith("你已退出「老友记」")


@pytest.mark.parametrize("text", ["#撤 1 别家", "#撤 #1，别家", "#撤 第1条 别家"])
def test_the_name_may_stand_behind_the_number(known: Chat, text: str) -> None:
    known.says("小明", "#求 咖啡机", group=OTHER_GROUP)
    known.clock.advance(timedelta(minutes=1))
    known.says("小明", "#求 投影仪")
    assert known.says("小明", text, private=True).startswith("#1 需求「咖啡机」撤下了")


def test_but_who_is_thanked_is_no_community(known: Chat) -> None:
    known.says("小明", "#求 咖啡机", group=OTHER_GROUP)
    known.clock.advance(timedelta(minutes=1))
    known.says("小明", "#求 投影仪")
    assert "「投影仪」" in known.says("小明", "#搞定 1 谢谢 别家", private=True)
