"""Ids, names and addresses as OneBot has them."""

import re
from collections.abc import Sequence

from bot.channels.untrusted import as_text

_PREFIX = "onebot:"
_NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)


def as_rows(value: object) -> Sequence[object]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


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


def address(number: str) -> str:
    """The address of an account or a group: ``onebot:10001``."""
    return _PREFIX + number


def number(target: str) -> int | None:
    """The number in an address of this channel; None for any other."""
    digits = target.removeprefix(_PREFIX)
    return int(digits) if digits != target and _NUMBER.fullmatch(digits) else None
