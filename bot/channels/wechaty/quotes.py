"""How WeChat quotes: 「name：words」, a line of dashes, and what the author adds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_QUOTE = re.compile(
    r"\A\s*「(?P<name>[^\n]{1,60}?)[：:](?P<text>.*)」\s*\n[-—–─ ]{3,}\n(?P<rest>.*)\Z", re.DOTALL
)
_COLON = re.compile("[：:]")
_DASHES = " ".join("-" * 15)
_SHORT = 36  # characters of a message that the bot quotes


@dataclass(frozen=True)
class Quote:
    """What is quoted, and what follows."""

    name: str
    text: str
    rest: str


def split(text: str, names: Iterable[str] = ()) -> Quote | None:
    """The quote that a message opens with, if it does. ``names``: of those who may be quoted, for
    a name may have a colon in it.
    """
    found = _QUOTE.match(text)
    if found is None:
        return None
    quoted = text[found.start("name") : found.end("text")]
    colons = (name for name in names if _COLON.search(name))
    known = [name for name in colons if quoted.startswith((f"{name}：", f"{name}:"))]
    name = max(known, key=len, default=found["name"])
    return Quote(name.strip(), quoted[len(name) + 1 :].strip(), found["rest"])


def quote(name: str, text: str) -> str:
    """The lines that quote somebody, for the head of an answer."""
    words = " ".join(text.split()).replace("「", "“").replace("」", "”")
    short = words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
    return f"「{name}：{short}」\n{_DASHES}\n"
