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
_SIGNS = re.compile(r"[\W_]+")


def is_courtesy(text: str) -> bool:
    """It answers nothing that a person has asked: 好的, 稍等, a face. A yes or a no may."""
    said = _SIGNS.sub("", fold(text))
    return not said or said in _COURTESIES
