"""Reading values that a gateway sent: nothing is trusted to be there or of its type."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

Fields = Mapping[str, object]
NOTHING: Fields = {}
# Neither a database nor UTF-8 takes these: half a surrogate pair, and NUL.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MILLISECONDS = 10**11  # a moment above this is given in milliseconds
_TAG = re.compile(r"<[^>]{1,80}/?>")  # gateways of the web protocol give emoji in names as tags


def as_fields(value: object) -> Fields:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else NOTHING


def as_text(value: object) -> str:
    """The value if it is a text, with plain line ends and nothing that cannot be stored."""
    if not isinstance(value, str):
        return ""
    return _UNSTORABLE.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def as_name(value: object) -> str:
    """A name on one line, without markup."""
    return " ".join(_TAG.sub("", as_text(value)).split())


def as_id(value: object) -> str:
    """An id; empty when it is none."""
    return as_text(value).strip()


def as_ids(value: object) -> list[str]:
    """The ids in a list."""
    return [found for one in value if (found := as_id(one))] if isinstance(value, list) else []


def as_time(value: object) -> datetime | None:
    """Seconds or milliseconds since 1970 as UTC; None when there is no sense in it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
