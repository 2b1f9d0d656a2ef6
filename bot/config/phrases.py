"""What pydantic found wrong, in sentences for the operator."""

import difflib
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.config.errors import Place, Problem, dotted
from bot.config.model import Config
from bot.config.source import Source

_WANTED = {
    "int_parsing": "应为整数",
    "int_parsing_size": "应为整数，不能这么大",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为一段文字",
    "model_type": "应为一组“键: 值”",
    "model_attributes_type": "应为一组“键: 值”",
    "tuple_type": "应为列表，每项一行，以“- ”开头",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than_equal": "不能大于 {le:g}",
}
_NEARLY_A_KEY = re.compile(r"[a-z_]+ ?[:：](?!//)")
_COLON = "，冒号应为半角“:”，后面跟一个空格"
_CONSEQUENCES = ("default_factory_not_called",)  # of another problem, which is told itself


def problems(error: ValidationError, source: Source) -> Iterator[Problem]:
    """One problem for each finding that the source has not told already."""
    for found in error.errors(include_url=False):
        place = _place(found, source.data)
        told = place in source.broken and found["type"] != "extra_forbidden"
        if not told and found["type"] not in _CONSEQUENCES:
            yield Problem(_text(found, place, place in source.hidden), source.line(place))


def _place(found: ErrorDetails, data: object) -> Place:
    """Where it is in the file: pydantic puts the chosen kind of a channel in between."""
    loc = (*found["loc"], "type") if found["type"] == "union_tag_invalid" else found["loc"]
    place: list[str | int] = []
    for n, step in enumerate(loc):
        if isinstance(data, dict) and step not in data and n + 1 < len(loc):
            continue
        place.append(step)
        data = _inside(data, step)
    return tuple(place)


def _inside(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) else None


def _text(found: ErrorDetails, place: Place, hidden: bool) -> str:
    context = found.get("ctx", {})
    match found["type"]:
        case "extra_forbidden":
            return _unknown(place, found["loc"])
        case "missing":
            return f"{dotted(place[:-1])} 缺少 {place[-1]}"
        case "union_tag_not_found":
            return f"{dotted(place)} 缺少 type，应为 console、onebot 或 wechaty"
        case "union_tag_invalid":
            return (
                f"{dotted(place)} 应为 console、onebot 或 wechaty{_shown(context['tag'], hidden)}"
            )
        case "value_error":
            return f"{dotted(place)} {context['error']}"
        case kind:
            wanted = _WANTED.get(kind, "写得不对").format(**context)
            keys = kind in ("model_type", "model_attributes_type") and _nearly_keys(found["input"])
            return f"{dotted(place)} {wanted}{_COLON if keys else _shown(found['input'], hidden)}"


def _nearly_keys(value: object) -> bool:
    """Whether it is a text only because its colon is a wide one, or stands without a blank."""
    return isinstance(value, str) and _NEARLY_A_KEY.match(value) is not None


def _shown(value: Any, hidden: bool) -> str:
    if isinstance(value, list):
        return "，现在是一个列表"
    if isinstance(value, dict):
        return "，现在是一组“键: 值”"
    if hidden or not isinstance(value, str):
        return ""
    return f'，现在是 "{value if len(value) <= 40 else value[:40] + "…"}"'


def _unknown(place: Place, loc: Place) -> str:
    known = known_keys(loc[:-1])
    near = difflib.get_close_matches(str(place[-1]).lower(), known, n=1)
    hint = f"是不是 {near[0]}？" if near else f"这里可以写 {'、'.join(known)}"
    return f"不认识 {dotted(place)}，{hint}"


def known_keys(loc: Place) -> list[str]:
    """The keys that the schema knows at a place; the kind of a channel is a step of its own."""
    models: list[type[BaseModel]] = [Config]
    for step in loc:
        if isinstance(step, int):
            continue
        models = [inner for model in models for inner in _models_under(model, step)]
    return sorted({key for model in models for key in model.model_fields})


def _models_under(model: type[BaseModel], step: str) -> list[type[BaseModel]]:
    kind = model.model_fields.get("type")
    if kind is not None and kind.default == step:
        return [model]
    field = model.model_fields.get(step)
    return list(_models_in(field.annotation)) if field is not None else []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
