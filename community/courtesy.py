"""Words of courtesy, which ask nothing and answer nothing."""

import re

from matching import fold

THANKS = ("谢谢", "多谢", "谢了", "谢啦", "感谢")
"""What thanks begin with."""
POLITE = frozenset(
    {"好", "好的", "好吧", "好滴", "哦", "ok", "okay", "你好", "您好", "hi", "hello", "哈喽",
     "在吗", "在么", "谢谢", "收到", "知道了", "明白", "明白了"}
)  # fmt: skip
"""What is nothing else wherever it is said."""
_COURTESIES = POLITE | {
    "好嘞", "哦哦", "谢谢你", "稍等", "稍等一下", "等等", "等一下", "等会", "马上", "我想想",
    "我看看", "我找找",
}  # fmt: skip
_BEGINNINGS = (*THANKS, "辛苦", "收到", "知道了", "明白了", "好的", "没问题", "thank")
_SHORT = 3  # characters: 好的, 嗯嗯
_SIGNS = re.compile(r"[\W_]+")


def is_courtesy(text: str) -> bool:
    """It answers nothing that a person has asked: 好的, 稍等, a face. A yes or a no may."""
    said = _bare(text)
    return not said or said in _COURTESIES


def begins_politely(text: str) -> bool:
    """It begins with thanks, or with a word that something has been read."""
    return _bare(text).startswith(_BEGINNINGS)


def is_polite(text: str) -> bool:
    """Thanks, a yes, or a face: nobody has to read it."""
    return len(_bare(text)) < _SHORT or begins_politely(text)


def _bare(text: str) -> str:
    return _SIGNS.sub("", fold(text))
