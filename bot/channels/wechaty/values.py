"""Ids, names and times as gateways of Wechaty have them."""

import re
from datetime import datetime

from bot.channels import untrusted
from bot.channels.untrusted import as_text

_TAG = re.compile(r"<[^>]{1,80}/?>")  # gateways of the web protocol give emoji in names as tags


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
    if isinstance(value, int | float) and value <= 0:
        return None
    return untrusted.as_time(value)
