"""The parser: every spelling of a command, and silence on everything else."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.framework.discovery import discover
from handlers.framework.parse import parse, tag_without_blank
from tests.handlers.framework.vocabulary import WORDS, message, vocabulary

VOCABULARY = vocabulary()

COMMANDS = [
    ("#need 找合伙人", "need", "找合伙人"),
    ("#NEED 找合伙人", "need", "找合伙人"),
    ("＃need 找合伙人", "need", "找合伙人"),
    ("﹟need 找合伙人", "need", "找合伙人"),
    ("＃ＮＥＥＤ　找合伙人", "need", "找合伙人"),
    ("# need 找合伙人", "need", "找合伙人"),
    ("#\u3000求 找合伙人", "need", "找合伙人"),
    ("#求 找合伙人", "need", "找合伙人"),
    ("#求购 二手投影仪", "need", "二手投影仪"),
    ("#求購 二手投影儀", "need", "二手投影儀"),
    ("#求助 谁懂税务", "need", "谁懂税务"),
    ("#需求：找合伙人", "need", "找合伙人"),
    ("#需 找合伙人", "need", "找合伙人"),
    ("【求】二手投影仪", "need", "二手投影仪"),
    ("[need] 找合伙人", "need", "找合伙人"),
    ("［Need］找合伙人", "need", "找合伙人"),
    ("【 #求购 】二手投影仪", "need", "二手投影仪"),
    ("  \n\n#need 找合伙人\n  ", "need", "找合伙人"),
    ("\u200b\ufeff#need 找合伙人", "need", "找合伙人"),
    ("#need\n找合伙人\n\n深圳", "need", "找合伙人\n\n深圳"),
    ("#need，找合伙人", "need", "找合伙人"),
    ("#need：：找合伙人", "need", "找合伙人"),
    ("#need - 找合伙人", "need", "找合伙人"),
    ("#need！找合伙人", "need", "找合伙人"),
    ("#need🙏找合伙人", "need", "🙏找合伙人"),
    ("#need（急）找合伙人", "need", "（急）找合伙人"),
    ("#need找龙岗的喷油厂", "need", "找龙岗的喷油厂"),
    ("#ＮＥＥＤ找龙岗的喷油厂", "need", "找龙岗的喷油厂"),
    ("#need -18 度的冷库", "need", "-18 度的冷库"),
    ("#need", "need", ""),
    ("#need 懂C# 的工程师", "need", "懂C# 的工程师"),
    ("#求 3# 楼的车位", "need", "3# 楼的车位"),
    ("#offer 送绘本 #二手 #北京", "offer", "送绘本 #二手 #北京"),
    ("#offer出两箱没拆的打印纸", "offer", "出两箱没拆的打印纸"),
    ("#出 工位两个", "offer", "工位两个"),
    ("#提供:免费咨询", "offer", "免费咨询"),
    ("@小友 #offer 工位两个", "offer", "工位两个"),
    ("@小友\u2005#offer 工位两个", "offer", "工位两个"),
    ("@Li Lei\u2005#offer 工位两个", "offer", "工位两个"),
    ("@小友 @李四 #done 12", "done", "12"),
    ("@小友\n#done 12", "done", "12"),
    ("「郑凯文：#need 收纳工厂」\n—————\n#供 我表哥开厂", "offer", "我表哥开厂"),
    ("「甲：看「书」\n#need 书」\n- - - -\n#供 我有书", "offer", "我有书"),
    ("「甲：收书」\n#供 我有书", "offer", "我有书"),
    ("#done #12 @李四", "done", "#12 @李四"),
    ("#done#12", "done", "#12"),
    ("＃搞定＃１２ 谢谢", "done", "＃１２ 谢谢"),
    ("#搞定12", "done", "12"),
    ("#搞定12。", "done", "12。"),
    ("＃搞定１２ @李四", "done", "１２ @李四"),
    ("#done12，谢谢 @李四", "done", "12，谢谢 @李四"),
    ("#撤12", "withdraw", "12"),
    ("#撤12，谢谢", "withdraw", "12，谢谢"),
    ("#搞定12 谢谢李四", "done", "12 谢谢李四"),
    ("#改12 找一位懂日语的运营", "edit", "12 找一位懂日语的运营"),
    ("#搞定了 12", "done", "12"),
    ("#撤掉 #12，谢谢", "withdraw", "#12，谢谢"),
    ("#撤第12条", "withdraw", "第12条"),
    ("#撤第三条，谢谢", "withdraw", "第三条，谢谢"),
    ("#搞定12号 @李四", "done", "12号 @李四"),
    ("#搞定12谢谢@李四", "done", "12谢谢@李四"),
    ("#改第12条 找一位懂日语的运营", "edit", "第12条 找一位懂日语的运营"),
    ("#撤12\n\n #搞定 13 @李四", "withdraw", "12\n\n #搞定 13 @李四"),
    ("#撤12\n#撤13", "withdraw", "12\n#撤13"),
    ("#幫助", "help", ""),
    ("#Help?", "help", "?"),
    ("#我的", "mine", ""),
]


@pytest.mark.parametrize(("text", "name", "body"), COMMANDS)
def test_every_spelling_is_a_command(text: str, name: str, body: str) -> None:
    call = parse(message(text), VOCABULARY)
    assert call is not None
    assert (call.command.feature.name, call.body) == (name, body)


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("#解除M12", "lift", "M12"),
        ("#移除m12 第2条 广告", "remove", "m12 第2条 广告"),
        ("#处理R3 成立 已提醒", "decide", "R3 成立 已提醒"),
        ("#处理R3不成立，没有依据", "decide", "R3不成立，没有依据"),
        ("#补充A5你在哪个部门？", "ask", "A5你在哪个部门？"),
        ("#拒绝A5太笼统", "reject", "A5太笼统"),
        ("#通过A12", "approve", "A12"),
    ],
)
def test_what_an_admin_speaks_of_may_run_into_his_word(text: str, name: str, body: str) -> None:
    call = parse(message(text), discover())
    assert call is not None
    assert (call.command.feature.name, call.body) == (name, body)


def test_an_introduction_may_run_into_the_answer_to_it() -> None:
    for text, body in (
        ("#愿意I3", "I3"),
        ("#愿意#i3", "#i3"),
        ("#愿意I3 微信 abc123", "I3 微信 abc123"),
    ):
        call = parse(message(text), discover())
        assert call is not None, text
        assert (call.command.feature.name, call.body) == ("introductions", body)
    for text in ("#出i7处理器一块", "#愿意I3的举手", "#收i7"):
        assert parse(message(text), discover()) is None, text


def test_the_word_is_folded() -> None:
    call = parse(message("＃ＮＥＥＤ 书"), VOCABULARY)
    assert call is not None
    assert call.word == "need"


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("#need 招前端\n#offer 送显示器", True),
        ("#need 招前端\n\n  ＃供 送显示器", True),
        ("#offer 送显示器\n【求】前端", True),
        ("#need #offer 都有", True),
        ("#求 找个合租的室友 #供 有个空房间", True),
        ("#求 合租室友，#供 空房间一间，朝南", True),
        ("#求 合租室友 【供】空房间一间", True),
        ("#求 合租室友 #供应链 的朋友优先", False),
        ("#need 招前端\n#求 后端也要", False),
        ("#need 招前端，不要说 #offer 那种", False),
        ("#need 招前端\n#北京 #供应链", False),
        ("#done 12\n#offer 送显示器", False),
    ],
)
def test_both_kinds_in_one_message_are_marked(text: str, mixed: bool) -> None:
    call = parse(message(text), VOCABULARY)
    assert call is not None
    assert call.mixed is mixed


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("搞定", "done", ""),
        (" 搞定！ ", "done", ""),
        ("搞定 @李四", "done", "@李四"),
        ("撤。", "withdraw", ""),
        ("搞定12", "done", "12"),
        ("搞定 #12 @李四", "done", "#12 @李四"),
        ("撤 ＃１２！", "withdraw", "＃１２"),
        ("搞定了！", "done", ""),
        ("撤了吧", "withdraw", ""),
        ("撤掉12", "withdraw", "12"),
        ("搞定，谢谢李四", "done", "谢谢李四"),
        ("撤 12，谢谢！", "withdraw", "12 谢谢！"),
        ("不要", "withdraw", ""),
        ("#搞定 12", "done", "12"),
    ],
)
def test_a_bare_word_answers_the_bot(text: str, name: str, body: str) -> None:
    call = parse(message(text, to_bot=True, quoted="9"), VOCABULARY)
    assert call is not None
    assert (call.command.feature.name, call.body) == (name, body)


@pytest.mark.parametrize(
    "text",
    [
        "搞定了吗",
        "不要了吧？别",
        "了",
        "搞定 12 了",
        "不要啊 再想想",
        "需求",
        "搞定 李四",
        "@@@@@@ 撤",
        "撤 12 楼的",
    ],
)
def test_other_answers_to_the_bot_are_chatter(text: str) -> None:
    assert parse(message(text, to_bot=True, quoted="9"), VOCABULARY) is None


def test_a_bare_word_needs_a_quoted_message_of_the_bot() -> None:
    assert parse(message("搞定"), VOCABULARY) is None
    assert parse(message("搞定", to_bot=True), VOCABULARY) is None
    assert parse(message("搞定", quoted="9"), VOCABULARY) is None


@given(
    st.text(st.characters() | st.sampled_from("#＃@「」【】[]\n\u2005 需求供needoffer撤")),
    st.booleans(),
)
def test_nothing_breaks_it(text: str, answering: bool) -> None:
    call = parse(message(text, to_bot=answering, quoted="9" if answering else None), VOCABULARY)
    assert call is None or call.command.feature.name in WORDS


@pytest.mark.parametrize("sign", ["@a ", "「", "「」\n", "@", "【", "[need", "@a\u2005", "- ", "#"])
def test_long_runs_of_signs_cost_no_time(sign: str) -> None:
    assert parse(message(sign * 50_000 + "x", to_bot=True, quoted="9"), VOCABULARY) is None


def test_a_long_tag_is_not_looked_through_for_a_word() -> None:
    begun = process_time()
    assert tag_without_blank("#" + "谢谢了" * 10_000, VOCABULARY) is None
    assert process_time() - begun < 0.5
