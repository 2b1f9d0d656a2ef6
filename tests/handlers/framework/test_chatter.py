"""What is chatter, and what the first look at a message already tells."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.framework.discovery import discover
from handlers.framework.parse import may_command, parse
from tests.handlers.framework.vocabulary import message, vocabulary

DATA = Path(__file__).parents[3] / "bench" / "data"


VOCABULARY = vocabulary()


CHATTER = [
    "",
    "   ",
    "早",
    "我想求你个事",
    "需要的话打 #need 就行",
    "need 一个假期",
    "#",
    "###",
    "## need 标题",
    "#求购#五成新叉车",
    "#求生欲满分# 笑死",
    "#need#",
    "#need#12",
    "#搞定#",
    "#搞定#12楼的灯",
    "#搞定12楼的灯",
    "#搞定12号楼的灯",
    "#完成第三章 写了两万字",
    "#完成了",
    "#完成了 2026 年度总结",
    "#完成了 5 公里",
    "#改12谢谢大家",
    "#完成2026\n#年度总结",
    "#完成2026 年度总结",
    "#我的2026",
    "#需求12",
    "#Need For Speed# 新作有人买吗",
    "#供应链 这行的人都睡得少",
    "#供4K片源",
    "#needforspeed 新作",
    "#need_to_know",
    "#offer-plan 比你贵",
    "#need/offer 怎么用",
    "#need求助",
    "#need招聘会来了#快去看看吧",
    "#need25人的大巴",
    "#offershow 上有人爆了新的包",
    "#12 这个还在吗",
    "#\nneed",
    "#️⃣need 找合伙人",
    "[图片]",
    "[名片] 李四",
    "【帮助】文档见群文件",
    "「甲：#need 收书」",
    "「甲：#need 收书」\n- - - -\n还要吗",
    "「甲：说到一半\n#need 收书",
    "「书」不错\n#need 收书",
    "@李四 上次那个 #need 你看了吗",
    "@李四",
    "第一行\n#need 收书",
    "1. #need 收书",
    "https://example.com/#need",
]


@pytest.mark.parametrize(
    "text", ["#处理A4打印纸一箱", "#处理R5显卡", "#通过A级认证", "#解除MU限制"]
)
def test_things_to_do_with_are_chatter(text: str) -> None:
    assert parse(message(text), discover()) is None


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_is_none(text: str) -> None:
    assert parse(message(text), VOCABULARY) is None


@pytest.mark.parametrize("community", ["renren", "founders", "wenyu"])
def test_the_chat_of_real_groups_is_told_apart(community: str) -> None:
    lines = (DATA / community / "chat.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = []
    for line in map(json.loads, lines):
        call = parse(message(line["text"]), VOCABULARY)
        heard = call.command.feature.name if call else "none"
        if heard != line["expect"]:
            wrong.append((line, heard))
    assert wrong == []


@pytest.mark.parametrize("community", ["renren", "founders", "wenyu"])
def test_the_features_there_are_hear_what_is_meant_for_them(community: str) -> None:
    features = discover()
    for line in (DATA / community / "chat.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        call = parse(message(said["text"]), features)
        heard = call.command.feature.name if call else "none"
        assert heard == said["expect"], said


SIGNS = st.sampled_from(
    ["#", "【求】", "[need]", "求", "need", "@张三 ", "搞定", " 12", "\n", "好"]
)


@given(st.lists(SIGNS | st.text(max_size=3), max_size=6).map("".join), st.booleans())
def test_what_the_first_look_lets_go_is_no_command(text: str, quoting: bool) -> None:
    asked = message(text, to_bot=True, quoted="9" if quoting else None)
    if not may_command(text, VOCABULARY, quoting=quoting):
        assert parse(asked, VOCABULARY) is None


@pytest.mark.parametrize("text", ["大家早", "@张三 在吗", "搞定", "2 号搞定了", "！？" * 5000])
def test_chatter_is_told_at_the_first_look(text: str) -> None:
    assert not may_command(text, VOCABULARY, quoting=False)


def test_a_bare_word_may_be_a_command_where_something_is_quoted() -> None:
    assert may_command("搞定", VOCABULARY, quoting=True)
    assert not may_command("这个我也想要", VOCABULARY, quoting=True)
