"""Reading values that an implementation sent: nothing is trusted to be there or of its type."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

Fields = Mapping[str, object]
NOTHING: Fields = {}
_PREFIX = "onebot:"
_NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
# Neither a database nor UTF-8 takes these: half a surrogate pair, and NUL.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MILLISECONDS = 10**11  # a moment above this is given in milliseconds


def as_fields(value: object) -> Fields:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else NOTHING


def as_rows(value: object) -> Sequence[object]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


def as_text(value: object) -> str:
    """The value if it is a text that can be stored, with plain line ends; else nothing."""
    if not isinstance(value, str):
        return ""
    return _UNSTORABLE.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def as_name(value: object) -> str:
    """A name on one line: line breaks in it must not look like lines of the message."""
    return " ".join(as_text(value).split())


def as_id(value: object) -> str | None:
    """An id, which comes as a number in events and as a text in segments."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**19 else None
    return str(int(value)) if _NUMBER.fullmatch(value) else None


def as_person(value: object) -> str | None:
    """The number of an account; some implementations say 0 where they do not know whose it is."""
    found = as_id(value)
    return None if found == "0" else found


def as_time(value: object) -> datetime | None:
    """Seconds since 1970 (or milliseconds, which some send by mistake) as UTC."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = value / 1000 if value > _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def address(number: str) -> str:
    """The address of an account or a group: ``onebot:10001``."""
    return _PREFIX + number


def number(target: str) -> int | None:
    """The number in an address of this channel; None for any other."""
    digits = target.removeprefix(_PREFIX)
    return int(digits) if digits != target and _NUMBER.fullmatch(digits) else None
