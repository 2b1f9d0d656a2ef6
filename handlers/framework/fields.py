"""Reading a profile as members write it: ``姓名 李雷 公司：字节``, in one line or in many.

A field name counts where it is followed by a colon or opens a line. Further names in a line may
go without a colon when the line began so, and then only the plainest names do: 简介 我们 提供 服务
must stay one text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

from matching import fold

_NAMES = MappingProxyType(
    {
        "name": "姓名 name 名字 称呼 真名",
        "company": "公司 company 单位",
        "title": "职位 title 职务 岗位 头衔 角色 role",
        "city": "城市 city 所在地 坐标 base",
        "industry": "行业 industry 领域",
        "skills": "技能 skills skill 擅长 专长",
        "gives": "能给 gives 能提供 可提供 提供 我能给 give",
        "seeks": "想要 seeks 想找 需要 我想要 seek",
        "keywords": "关键词 keywords 关注 标签 keyword",
        "bio": "简介 bio 介绍 自我介绍 个人简介",
    }
)
_FIELD_OF = MappingProxyType(
    {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}
)
_PLAIN = frozenset(alias for aliases in _NAMES.values() for alias in aliases.split()[:2])
_LONG = frozenset({"bio", "gives", "seeks"})  # may hold anything, colons too
_NOTHING = frozenset({"无", "没有", "清空", "空", "删除", "none", "clear", "-", "—"})

_START = r"(?:^|(?<=[\s，,；;。|｜]))"
_COLON = r"[^\S\n]*[：:=]"
_MARK = re.compile(rf"{_START}(\w{{1,10}})(?:({_COLON})|(?=\s|$))", re.MULTILINE)
_STRANGE = re.compile(rf"{_START}([\u4e00-\u9fff]{{1,4}}){_COLON}", re.MULTILINE)
_EDGES = " \t\r\n\u3000，,；;|｜、"
_COMMAS = ("，", ",", "；", ";")


@dataclass
class Reading:
    """What was understood; "" as a value clears the field."""

    values: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)  # names of no field
    empty: list[str] = field(default_factory=list)  # fields named without anything behind


def read(text: str) -> Reading:
    """Take a text apart at its field names."""
    reading = Reading()
    marks = list(_marks(text))
    before = text[: marks[0][0]] if marks else text
    if before.strip(_EDGES):
        reading.unknown.append(re.split(r"[\s：:=，,]", before.strip(_EDGES))[0][:10])
    for place, (_, begin, name) in enumerate(marks):
        following = marks[place + 1 : place + 2]
        _take(reading, name, text[begin : following[0][0] if following else len(text)])
    return reading


def _take(reading: Reading, name: str, text: str) -> None:
    value = text.strip(_EDGES if name in _LONG else _EDGES + "。")
    if fold(value) in _NOTHING:
        reading.values[name] = ""
    elif not value:
        reading.empty.append(name)
    else:
        reading.values[name] = value
        if name not in _LONG:
            reading.unknown += [one[1] for one in _STRANGE.finditer(value) if one.start()]


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a field begins, where its value begins, and its name."""
    seen: set[str] = set()
    bare_line = False  # the line began with a name without a colon
    for found in _MARK.finditer(text):
        alias, colon = fold(found[1]), bool(found[2])
        name = _FIELD_OF.get(alias)
        opens = not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()
        if opens:
            bare_line = name is not None and not colon
        if name is None:
            continue
        plain = alias in _PLAIN and name not in seen
        if colon or opens or (plain and (bare_line or _left_over(text, found))):
            seen.add(name)
            yield found.start(), found.end(), name


def _left_over(text: str, found: re.Match[str]) -> bool:
    """A name after a comma with nothing behind it: the form was filled in but for the last."""
    before, behind = text[: found.start()].rstrip(), text[found.end() :]
    return before.endswith(_COMMAS) and not behind.strip(_EDGES)
