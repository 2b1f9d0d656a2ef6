"""Reading what an applicant wrote about himself: by field names, by numbers, or as it comes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from community.form import STANDARD, ApplicationRules, FormField
from community.vetting.answers import meant
from community.vetting.free_text import guess, introduced, is_name, look
from matching import Analyser, fold

_ALIASES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "name": ("姓名", "真实姓名", "名字", "真名", "name"),
        "company": ("公司", "原公司", "前公司", "老东家", "单位", "company"),
        "years": ("在职时间", "在职年份", "在职", "年份", "时间", "years"),
        "title": ("现在职位", "职位", "职务", "岗位", "现任", "现职", "title"),
        "city": ("城市", "所在城市", "所在地", "坐标", "city"),
        "industry": ("行业", "领域", "industry"),
        "voucher": ("担保人", "担保", "推荐人", "引荐人", "介绍人", "证明人", "voucher"),
        "gives": ("能给", "我能给", "能提供", "可提供", "提供", "gives"),
        "seeks": ("想要", "我想要", "想找", "需要", "需求", "seeks"),
        "proof": ("证明", "凭证", "proof"),
        "intro": ("自我介绍", "介绍", "简介", "intro"),
    }
)
_SKIPPED = frozenset({"跳过", "略", "不填", "空", "pass", "skip", "-"})
_NONE = frozenset({"无", "没有", "暂无", "none", "no"})
_NOT_YET = re.compile(
    r"(?:我|还|先|暂时|暂|目前|现在|都|全部?|这个|这项)*"
    r"(?:(?:跳过|不填|没有|没想好|想不出来?|不知道|不清楚)+|没有?人(?:认识我?|知道)?|没什么)"
    r"(?:了|吧|啊|呢|哦|噢|呀|哈|的)*"
)
_ANSWER = re.compile(r"(?:答案|回答|答)\s*[:：]")
_QUESTION = re.compile(r"^\s*问题?\s*[:：][^\n]*(?:\n|$)")
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[.、．)）]\s*(.*)$")
_GLUED = re.compile(r"(?:^|(?<=[\s，,；;。|｜、]))(姓名|公司|职位|城市|行业)()(?=[^\s:=])")
_LABEL: Mapping[str, str] = MappingProxyType(
    {"name": "姓名", "company": "公司", "title": "职位", "city": "城市", "industry": "行业"}
)
_CHANGE = re.compile(r"(?:请|帮我|我要|我想|我)?(?:修改|更改|更正|改)(?:一下)?\s*:?\s*")
_CHANGED = (
    r"(?:改成|改为|换成|应该是|应为|成|为)"
    r"|(?:写错|填错|打错|不对)了?[,\s]*(?:应该)?(?:是|改成|改为)"
)
_OOPS = re.compile(r"^(?:不对|不是|弄错了?|[写填打说]错了?|不好意思)[\s，,。！!]+")
_EDGES = " \t\r\n，,；;|｜、。"


def says_nothing(text: str, field: FormField) -> bool:
    """The applicant says that there is nothing to say here.

    A question of the community's own may want a no.
    """
    said = fold(text).strip(_EDGES + "!~～")
    if said in _SKIPPED:
        return True
    return field.key in STANDARD and (said in _NONE or _NOT_YET.fullmatch(said) is not None)


def without_prompt(comment: str) -> str:
    """What the person wrote, without the platform's ``问题：… 答案：``."""
    answers = list(_ANSWER.finditer(comment))
    if answers:
        return comment[answers[-1].end() :].strip()
    return _QUESTION.sub("", comment).strip()


def read(text: str, rules: ApplicationRules, analyser: Analyser) -> dict[str, str]:
    """Everything that can be understood, by field of the form."""
    text = unicodedata.normalize("NFKC", text).strip()
    found = labelled(text, rules) or _numbered(text, rules) or guess(text, analyser)
    return {key: value for key, value in found.items() if rules.field(key)}


def labelled(text: str, rules: ApplicationRules) -> dict[str, str]:
    """The values behind field names: ``姓名 张三 公司：…``, in one line or in many."""
    text = unicodedata.normalize("NFKC", text).strip()
    names = _names(rules)
    words = "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True))
    mark = re.compile(
        rf"(?:^|(?<=[\s，,；;。|｜、]))({words})(\s*[:=]\s*|\s+(?=\S)|$)",
        re.IGNORECASE | re.MULTILINE,
    )
    found = list(mark.finditer(text)) or _glued(text)
    if not found:
        return {}
    # A bare word in running text is just a word: it names a field only where fields are listed.
    listed = found[0].start() == 0
    marks = [one for one in found if listed or ":" in one[2] or "=" in one[2]]
    values: dict[str, str] = {}
    for place, one in enumerate(marks):
        key = names.get(fold(one[1]), "")
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        value = text[one.end() : end].strip(_EDGES)
        if value and key not in values:
            values[key] = value
    return values


def answered(text: str, field: FormField, analyser: Analyser) -> dict[str, str]:
    """What an answer to the question for one field says: that field alone, or more with it."""
    plain = text.strip().strip(_EDGES)
    label = _LABEL.get(field.key, "")
    if label and plain.startswith(label) and len(plain) > len(label) + 1:
        plain = plain.removeprefix(label).strip()
    found = meant(plain, field.key, analyser)
    return found if found != {field.key: plain} or label else {field.key: text}


def corrected(
    text: str, field: FormField, rules: ApplicationRules, analyser: Analyser
) -> dict[str, str]:
    """What a text plainly says of another field than the one that is asked for.

    ``姓名 刘洋`` and ``我叫刘洋`` are no job; but who is asked for a voucher may say either.
    """
    if field.key not in (*_LABEL, "years"):
        return {}
    said = _OOPS.sub("", text.strip())
    found = labelled(said, rules)
    if not found and field.key != "name" and "叫" in said:
        found = {"name": introduced(said)}
    sure = is_name(found.get("name", "")) or look(found.get("city", ""), analyser) == "city"
    return found if sure and len(found) == 1 and field.key not in found else {}


def changed(text: str, rules: ApplicationRules) -> dict[str, str]:
    """What the applicant wants to have changed: ``改城市 杭州``, ``把城市改成杭州``."""
    text = unicodedata.normalize("NFKC", text).strip()
    names = _names(rules)
    words = "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True))
    said = re.fullmatch(rf"(?:把|将|改)?\s*({words})\s*(?:{_CHANGED}):?\s*(.+)", text, re.I | re.S)
    if said:
        return {names[fold(said[1])]: said[2].strip(_EDGES)}
    begins = _CHANGE.match(text)
    if begins is None:
        return {}
    rest = text[begins.end() :]
    one = re.fullmatch(rf"({words})[\s:=,]*(.+)", rest, re.I | re.S)
    found = {names[fold(one[1])]: one[2].strip(_EDGES)} if one else {}
    return labelled(rest, rules) or found


def _glued(text: str) -> list[re.Match[str]]:
    """``姓名张三 公司字节``: only where several such stand in a row from the beginning."""
    found = list(_GLUED.finditer(text))
    return found if len(found) > 1 and found[0].start() == 0 else []


def _names(rules: ApplicationRules) -> dict[str, str]:
    """Every word by which a field of this form may be called."""
    names: dict[str, str] = {}
    for field in rules.asked:
        for word in (field.shown, *_ALIASES.get(field.key, ())):
            names.setdefault(fold(word), field.key)
    return names


def _numbered(text: str, rules: ApplicationRules) -> dict[str, str]:
    """``1. 张三`` and so on, line by line in the order of the form."""
    lines = [_NUMBERED.match(line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return {}
    values = {}
    for line in lines:
        if line is None or not 1 <= int(line[1]) <= len(rules.asked):
            return {}
        values[rules.asked[int(line[1]) - 1].key] = line[2].strip(_EDGES)
    return {key: value for key, value in values.items() if value}
