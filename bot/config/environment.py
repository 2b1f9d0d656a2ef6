"""``${NAME}`` in a value becomes the environment variable of that name."""

import re
from collections.abc import Mapping

from bot.config.errors import Place, Problem, dotted
from bot.config.source import Source

_REFERENCE = re.compile(r"\$\{([^}]*)\}?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def fill(source: Source, environ: Mapping[str, str]) -> None:
    """Replace in place. A variable that is missing or empty is a problem of the source."""
    for key, value in source.data.items():
        source.data[key] = _filled(source, value, (key,), environ)


def _filled(source: Source, value: object, place: Place, environ: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {k: _filled(source, inner, (*place, k), environ) for k, inner in value.items()}
    if isinstance(value, list):
        return [_filled(source, inner, (*place, n), environ) for n, inner in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value
    source.hidden.add(place)
    for found in _REFERENCE.finditer(value):
        if trouble := _trouble(found, environ):
            source.broken.add(place)
            source.problems.append(Problem(f"{dotted(place)} {trouble}", source.line(place)))
    return _REFERENCE.sub(lambda found: environ.get(found[1], ""), value)


def _trouble(found: re.Match[str], environ: Mapping[str, str]) -> str:
    if not found[0].endswith("}") or not _NAME.fullmatch(found[1]):
        return "里的环境变量应写成 ${NAME} 的样子（字母、数字和 _）"
    if not environ.get(found[1]):
        return f"用到环境变量 {found[1]}，但它没有设置或是空的"
    return ""
