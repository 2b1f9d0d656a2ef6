"""What people write into addresses and fields, as far as it can be right."""

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query
from pydantic import Field

_LARGEST: Final = 2**31 - 1

Number = Annotated[int, Field(ge=1, le=_LARGEST)]
"""The number of a row in an address."""
Before = Annotated[int | None, Query(ge=1, le=_LARGEST)]
"""Where a page of a list begins."""
Place = Annotated[int, Query(ge=0, le=_LARGEST)]
"""Likewise, 0 being the beginning."""
PageNumber = Annotated[int, Query(ge=1, le=5_000)]


def words(text: str, longest: int = 200) -> str:
    """One line of it."""
    return " ".join(text.replace("\0", " ").split())[:longest]


def as_number(text: str) -> int | None:
    """The number of a row, if that is one."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) or None


def address(path: str, **asked: object) -> str:
    """The path with what is asked for, but for what is empty."""
    told = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(told)}" if told else path
