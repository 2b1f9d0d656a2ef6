"""Reading what people answer to an introduction."""

from community.introductions import answers
from community.introductions.answers import Answer, Word

ANSWERS: tuple[tuple[str, Word, int | None, str], ...] = (
    ("愿意", "yes", None, ""),
    ("我愿意！", "yes", None, ""),
    ("愿意了", "yes", None, ""),
    ("愿意 I3", "yes", 3, ""),
    ("愿意I3", "yes", 3, ""),
    ("愿意 #i3", "yes", 3, ""),
    ("I3 愿意", "yes", 3, ""),
    ("愿意 3", "yes", 3, ""),
    ("愿意 Ｉ3，微信 abc123", "yes", 3, "微信 abc123"),
    ("愿意 微信 abc123", "yes", None, "微信 abc123"),
    ("愿意，微信 abc123", "yes", None, "微信 abc123"),
    ("愿意微信abc123", "yes", None, "微信abc123"),
    ("好的，愿意", "yes", None, ""),
    ("愿意 13800138000", "yes", None, "13800138000"),
    ("愿意 123456", "yes", None, "123456"),
    ("婉拒 I3", "no", 3, ""),
    ("不愿意", "no", None, ""),
    ("成了", "succeeded", None, ""),
    ("结果 I3 成了", "succeeded", 3, ""),
    ("结果 成了 I3", "succeeded", 3, ""),
    ("没成", "failed", None, ""),
    ("没谈成。", "failed", None, ""),
    ("还在谈 i12", "ongoing", 12, ""),
)
OTHERS = (
    "愿意帮忙的人很多",
    "愿意试试",
    "愿意吗",
    "成功案例",
    "没成3次",
    "在谈恋爱",
    "好",
    "",
    "I3",
)


def test_what_is_an_answer_and_what_is_none() -> None:
    for text, word, number, rest in ANSWERS:
        assert answers.read(text) == Answer(word, number, rest), text
    for text in OTHERS:
        assert answers.read(text) is None, text


def test_a_yes_with_a_condition_is_none_yet() -> None:
    for text in ("愿意？", "愿意，不过先问下是谁", "愿意 I3 ta 靠谱吗"):
        read = answers.read(text)
        assert read is not None, text
        assert read.is_unsure, text


def test_the_command_that_says_the_same() -> None:
    for text in ("#愿意 老友记 I3", "#婉拒 老友记 I3", "#结果 老友记 I3 没成"):
        read = answers.read(text.replace("老友记 ", "").lstrip("#"))
        assert read is not None
        assert read.command(3, "老友记") == text


def test_what_a_notice_is_about() -> None:
    assert answers.number_of("I3：小明 想认识你") == 3
    assert answers.number_of("「老友记」I12：小明 想认识你") == 12
    assert answers.number_of("小明 说 I3 成了") is None
