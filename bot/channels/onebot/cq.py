"""CQ codes: the older way to write a message, as one string."""

import re

from bot.channels.onebot.fields import as_rows
from bot.channels.untrusted import Fields, as_fields

Piece = tuple[str, Fields]
"""One segment: its type and its data."""

_CODE = re.compile(r"\[CQ:([A-Za-z0-9_.-]+)((?:,[^\[\]]*)?)\]")
_ESCAPED = re.compile(r"&(amp|#91|#93|#44);")
_PLAIN = {"amp": "&", "#91": "[", "#93": "]", "#44": ","}


def pieces(message: object) -> list[Piece]:
    """The segments of a message in any of the formats; what cannot be read is left out."""
    if isinstance(message, str):
        return parse(message)
    rows = [message] if isinstance(message, dict) else as_rows(message)
    found = (as_fields(row) for row in rows)
    return [
        (kind, as_fields(row.get("data")))
        for row in found
        if isinstance(kind := row.get("type"), str)
    ]


def parse(text: str) -> list[Piece]:
    """The segments of a string with CQ codes."""
    found: list[Piece] = []
    end = 0
    for code in _CODE.finditer(text):
        _add_text(found, text[end : code.start()])
        found.append((code[1], _data(code[2])))
        end = code.end()
    _add_text(found, text[end:])
    return found


def unescape(text: str) -> str:
    """The text without escapes, in one pass: ``&amp;#91;`` stands for ``&#91;``."""
    return _ESCAPED.sub(lambda escape: _PLAIN[escape[1]], text)


def _add_text(found: list[Piece], text: str) -> None:
    if text:
        found.append(("text", {"text": unescape(text)}))


def _data(params: str) -> Fields:
    pairs = (param.partition("=") for param in params.split(",") if "=" in param)
    return {key.strip(): unescape(value) for key, _, value in pairs}
