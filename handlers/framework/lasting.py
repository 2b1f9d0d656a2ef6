"""A length of time behind a command that has its own: 续 7 天 asks for no number."""

import re

from community.courtesy import THANKS

_FIGURES = "一二两三四五六七八九十半"
# What looks behind it keeps a search from beginning anew within a run: whoever sends thousands of
# blanks would keep the others waiting.
_TIME = re.compile(
    r"(?<![\s再多延留])(?<!延长)(?:\s|再|多|延长?|留)*+"
    rf"(?:(?<!\d)\d{{1,9}}|(?<![{_FIGURES}])[{_FIGURES}]++)\s*个?"
    r"(?:天|日|周|星期|礼拜|月|年|小时)(?:\W|[吧啊了呗吗]|左右|就?可以|就?行|就?好|先)*"
    rf"(?:(?:{'|'.join(THANKS)}).{{0,30}})?$"
)


def without_time(text: str) -> str:
    """The text without a time at its end: 3 天 is one, and no post #3."""
    return _TIME.sub("", text)
