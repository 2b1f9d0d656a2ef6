"""What an applicant says to the form without answering it: a question, one step back, a yes."""

import re
from typing import Literal, TypeAlias

from community.courtesy import POLITE
from community.form import STANDARD, FormField
from matching import fold

Aside: TypeAlias = Literal["back", "question", "word"]

EDGES = " \t\r\n。.！!~～，,"
_CANCEL = frozenset(
    {"取消", "取消申请", "不申请了", "不想申请了", "放弃", "算了", "算了吧", "不填了", "不想填了",
     "我不填了", "不加了", "不加入了", "退出", "退出申请", "cancel", "quit"}
)  # fmt: skip
_BACK = frozenset(
    {"上一步", "上一题", "上一项", "上一个", "返回", "返回上一步", "返回上一题", "回到上一步",
     "回上一步", "退回", "退回上一步", "后退", "写错了", "填错了", "打错了", "刚才写错了",
     "上一个写错了", "back"}
)  # fmt: skip
_AFRESH = frozenset({"重来", "重新来", "重填", "重新填", "重新填写", "从头来", "重新开始"})
# 是 and 对 are no value of a field, but may well be the answer to what a person has asked.
_WORDS = POLITE | {
    "行", "可以", "嗯", "嗯嗯", "在", "在不", "你好在吗", "开始", "开始吧", "继续", "下一步",
    "是", "是的", "对", "对的", "确认", "提交", "同意", "申请", "申请加入", "我要申请", "我想申请",
    "加入", "我要加入", "我想加入", "报名",
}  # fmt: skip
_WAITS = re.compile(
    r"(?:请|您|你|先|让)*(?:稍等|稍候|等一?下|等等|等会儿?|待会儿?|马上|我[想看找查]{2}|我[想看找查]一下)"
    r"(?:[啊哈吧哦再后就]|一下|我|给你)*(?:[填写说回发补]+吧?)?(?:[,，。.！!~～…\s].*)?",
    re.DOTALL,
)
_FREE = frozenset({"gives", "seeks", "intro", "proof"})  # their answers may well be questions
_BEGINS = re.compile(
    r"(?:这个|这项|这里|这|都)?(?:为什么|为啥|为何|凭什么|干嘛要?|请问|多久|多长时间|要多久|什么时候|几天|能不能|可不可以|可以不|能不|是不是|必须|一定要|非要|非得"
    r"|(?:怎么|如何)(?:填|写|说|回|弄)|(?:填|写)?是?(?:什么|啥)(?:意思|$)|(?:填|写)(?:什么|啥)|帮助$|help$)"
)
_ENDS = re.compile(r"(?:[?？]|吗|呢|什么|啥|怎么办|咋办|干嘛的?|什么用)$")
_OF_THE_FORM = re.compile(
    r"(?:这个|这项|这里|这|都)?(?:(?:为什么|为啥|为何|凭什么|干嘛)要?(?:填|写|问|知道)|(?:怎么|如何)(?:填|写|回答)(?:[?？]|$)"
    r"|(?:必须|一定要|非要|非得|可以不|能不|能不能不|要不要|必|不)填(?:[^，,。]{0,4}[吗么?？]|$)"
    r"|(?:什么|啥)意思[?？]?$)"
)
_WANTS = re.compile(r"(?:我?想?要?(?:申请加入|申请|加入|报到|进))?[「“\"]?\s*")
_DIGITS = re.compile(r"\d{2}")


def is_community_name(text: str, club: str) -> bool:
    """The text is the community's name and no more: 老友记, 我想加入老友记, #申请老友记."""
    said = fold(text).strip(EDGES + '」”"').lstrip("# ")
    return said.endswith(fold(club)) and bool(_WANTS.fullmatch(said.removesuffix(fold(club))))


def is_cancel(text: str) -> bool:
    """A word by which people give up."""
    return fold(text).strip(EDGES) in _CANCEL


def aside(text: str, field: FormField) -> Aside | None:
    """What the text is, if it is no answer to the question for that field."""
    word = fold(text).strip(EDGES)
    if is_back(text):
        return "back"
    # A question of the community's own may want a yes.
    if field.key in STANDARD and (word.replace(" ", "") in _WORDS or _WAITS.fullmatch(word)):
        return "word"
    return "question" if is_question(text, field) else None


def is_back(text: str) -> bool:
    """A word by which people want the question before."""
    return fold(text).strip(EDGES) in _BACK


def is_afresh(text: str) -> bool:
    """A word by which people want to begin again."""
    return fold(text).strip(EDGES) in _AFRESH


def is_question(text: str, field: FormField) -> bool:
    """The text is a question to the bot; 饿了么 and 什么值得买 are none."""
    said = fold(text).strip(EDGES)
    if _OF_THE_FORM.match(said) or not said.strip("?？"):
        return True
    if field.key not in STANDARD or field.key in _FREE:
        return False
    if field.key == "years" and _DIGITS.search(said):
        return False
    ends = _ENDS.search(said) or (field.key != "company" and said.endswith("么"))
    return bool(ends or _BEGINS.match(said))
