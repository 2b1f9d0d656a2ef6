"""Reading values that another program sent: nothing is trusted to be there or of its type."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

Fields = Mapping[str, object]
_NOTHING: Fields = {}
# Neither a database nor UTF-8 takes these: half a surrogate pair, and NUL.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MILLISECONDS = 10**11  # a moment above this is given in milliseconds


def as_fields(value: object) -> Fields:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def as_text(value: object) -> str:
    """The value if it is a text that can be stored, with plain line ends; else nothing."""
    if not isinstance(value, str):
        return ""
    return _UNSTORABLE.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def as_time(value: object) -> datetime | None:
    """Seconds since 1970 (or milliseconds, which some send by mistake) as UTC."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = value / 1000 if value > _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
