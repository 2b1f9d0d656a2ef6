"""An event as an operator types it: the title, fields by their names, and whatever else. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NAMES = MappingProxyType(
    {
        "time": "时间 日期 开始时间 活动时间",
        "place": "地点 地址 场地 活动地点",
        "cap": "人数 名额 席位 人数上限",
        "closes": "截止 报名截止 截止时间 报名截止时间",
        "priority": "优先",
    }
)
_FIELD_OF = MappingProxyType(
    {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}
)
_ALIASES = "|".join(sorted(_FIELD_OF, key=len, reverse=True))
# A figure may stand right behind the name: 人数12, 截止3月6日, 优先E2.
_LABEL = re.compile(
    rf"(?:^|(?<=[\s，,；;。|｜]))({_ALIASES})"
    r"(?:[^\S\n]*(?:[：:]|改[为成到])|(?=\s|$|[EeＥｅ]?\d))"
)
_EDGES = " \t\r\u3000，,；;|｜"


@dataclass(frozen=True)
class Draft:
    """What was understood, as it was typed; ``note`` are the lines that begin with no field."""

    title: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    emptied: frozenset[str] = frozenset()  # of these nothing shall be left; only forms can say so


def read(text: str) -> Draft:
    """The first line is the title; fields may stand behind it, too, or a line each."""
    head, _, below = text.strip().partition("\n")
    title, fields = _split(head)
    notes = []
    for line in below.split("\n"):
        before, found = _split(line)
        if found and not before:
            fields = _joined(fields, found)
        else:
            notes.append(line.rstrip())
    return Draft(title, fields, "\n".join(notes).strip())


def _split(line: str) -> tuple[str, dict[str, str]]:
    """What stands before the first field of a line, and the fields."""
    marks = list(_LABEL.finditer(line))
    if not marks:
        return line.strip(_EDGES), {}
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    fields: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        fields = _joined(fields, {_FIELD_OF[mark[1]]: line[mark.end() : end].strip(_EDGES)})
    return line[: marks[0].start()].strip(_EDGES), fields


def _joined(fields: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """日期 and 时间 in two lines are one time."""
    both = {name: f"{fields.get(name, '')} {text}".strip() for name, text in more.items()}
    return {**fields, **both}
