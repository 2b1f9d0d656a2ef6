"""YAML text in, plain data out, with the line of every key.

All values stay texts: the model makes numbers where it wants numbers, so a token of digits keeps
its leading zeros and ``name: on`` is a name. An empty value counts as not written.
"""

import re
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.config.errors import Place, Problem, dotted

_EMPTY = ("", "~", "null", "Null", "NULL")
_WIDE_COMMA = re.compile(r"""["']\s*[，、]\s*["']""")
_WIDE_COLON = "YAML 写法有误，键后面的冒号应为半角“:”，后面跟一个空格"


@dataclass
class Source:
    """What a file says, before anybody asks whether it is right."""

    data: dict[str, object] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    hidden: set[Place] = field(default_factory=set)  # filled from outside: never shown
    broken: set[Place] = field(default_factory=set)  # told already: no second complaint

    def line(self, place: Place) -> int | None:
        """The line of a key or list item, or of the nearest one around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None


def parse(text: str) -> Source:
    """Read the text of a configuration file. Trouble is in ``problems``."""
    source = Source()
    try:
        if alias := _alias(text):
            source.problems.append(alias)
            return source
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        source.problems.append(_broken(error, text))
        return source
    except RecursionError:
        source.problems.append(Problem("YAML 写法有误，一层套一层，太深了"))
        return source
    if isinstance(root, MappingNode):
        _mapping(source, root, ())
    elif not (root is None or _is_empty(root)):
        source.problems.append(Problem(_no_keys(root), root.start_mark.line + 1))
    return source


def _no_keys(root: Node) -> str:
    if isinstance(root, ScalarNode) and "：" in root.value:
        return _WIDE_COLON
    return "文件的最外层应为“键: 值”，例如 limits:"


def _alias(text: str) -> Problem | None:
    """An alias can make a small file endless, and no configuration needs one."""
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) and event.start_mark is not None:
            hint = "不支持用 * 引用别处的值，文字以 * 开头时请加引号"
            return Problem(f"YAML 写法有误，{hint}", event.start_mark.line + 1)
    return None


def _value(source: Source, node: Node, place: Place) -> object:
    if isinstance(node, MappingNode):
        return _mapping(source, node, place)
    if isinstance(node, SequenceNode):
        return [_item(source, item, (*place, n)) for n, item in enumerate(node.value)]
    return node.value


def _item(source: Source, node: Node, place: Place) -> object:
    source.lines[place] = node.start_mark.line + 1
    return "" if _is_empty(node) else _value(source, node, place)


def _mapping(source: Source, node: MappingNode, place: Place) -> dict[str, object]:
    result: dict[str, object] = source.data if not place else {}
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            source.problems.append(Problem("键应为一个词，后面跟半角冒号和空格", line))
            continue
        inner = (*place, key.value)
        if key.value in seen:
            text = f"{dotted(inner)} 写了两次（第 {seen[key.value]} 行已经有了），请只留一个"
            source.problems.append(Problem(text, line))
            continue
        seen[key.value] = source.lines[inner] = line
        if not _is_empty(value):
            result[key.value] = _value(source, value, inner)
    return result


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style is None and node.value in _EMPTY


_HINTS = (
    ("'\\t'", "缩进不能用制表符，请改成空格"),
    ("expected a single document", "一个文件里只能有一份配置，请去掉中间的 ---"),
    ("special characters", "有看不见的特殊字符，请删掉"),
    ("cannot start any token", "文字以 @、` 或 % 这类符号开头时请加引号"),
    ("found unexpected end of stream", "引号没有成对"),
    ("mapping values are not allowed", "这里多了一个“: ”，或缩进不对，文字里有冒号时请加引号"),
)


def _broken(error: yaml.YAMLError, text: str) -> Problem:
    said = str(error)
    line = _line_of(error)
    rows = text.splitlines()
    # What the parser trips over is often the consequence of the line before.
    near = rows[max(line - 2, 0) : line] if line else []
    if any("：" in row and ": " not in row and not row.rstrip().endswith(":") for row in near):
        return Problem(_WIDE_COLON, line)
    if any(_WIDE_COMMA.search(row) for row in near):
        return Problem("YAML 写法有误，两项之间的逗号应为半角“,”", line)
    for sign, hint in _HINTS:
        if sign in said:
            return Problem(f"YAML 写法有误，{hint}", line)
    return Problem("YAML 写法有误，请检查这一行和上一行的缩进、引号和冒号", line)


def _line_of(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else None
