"""How WeChat quotes: 「name：words」, a line of dashes, and what the author adds."""

import re
from dataclasses import dataclass

_QUOTE = re.compile(
    r"\A\s*「(?P<name>[^\n]{1,60}?)[：:](?P<text>.*)」\s*\n[-—–─ ]{3,}\n(?P<rest>.*)\Z", re.DOTALL
)
_DASHES = " ".join("-" * 15)
_SHORT = 36  # characters of a message that the bot quotes


@dataclass(frozen=True)
class Quote:
    """What is quoted, and what follows."""

    name: str
    text: str
    rest: str


def split(text: str) -> Quote | None:
    """The quote that a message opens with, if it does."""
    found = _QUOTE.match(text)
    if found is None:
        return None
    return Quote(found["name"].strip(), found["text"].strip(), found["rest"])


def quote(name: str, text: str) -> str:
    """The lines that quote somebody, for the head of an answer."""
    words = " ".join(text.split()).replace("「", "“").replace("」", "”")
    short = words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
    return f"「{name}：{short}」\n{_DASHES}\n"
