"""Values of a row as JSON has them, and back."""

import base64
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Date, LargeBinary
from sqlalchemy.types import NullType, TypeEngine

from storage.tables.base import Json, UtcDateTime

Kind = str
"""time | date | json | truth | bytes | plain"""

_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], Kind], ...]] = (
    (Date, "date"),
    (JSON, "json"),
    (Boolean, "truth"),
    (LargeBinary, "bytes"),
)
_TYPES: Final[dict[Kind, TypeEngine[Any]]] = {
    "time": UtcDateTime(),
    "date": Date(),
    "json": Json,
    "truth": Boolean(),
    "bytes": LargeBinary(),
    "plain": NullType(),
}
_PACKERS: Final[dict[Kind, Callable[[Any], Any]]] = {
    "time": lambda value: value.isoformat(),
    "date": lambda value: value.isoformat(),
    "bytes": lambda value: base64.b64encode(value).decode(),
}
_UNPACKERS: Final[dict[Kind, Callable[[Any], Any]]] = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": base64.b64decode,
}


def kind_of(type_: TypeEngine[Any]) -> Kind:
    """How values of the column are written."""
    if isinstance(type_, UtcDateTime):
        return "time"
    return next((kind for known, kind in _KINDS if isinstance(type_, known)), "plain")


def type_of(kind: Kind) -> TypeEngine[Any]:
    """How such values are given to a database. Raises KeyError for a kind of a later version."""
    return _TYPES[kind]


def pack(kind: Kind, value: Any) -> Any:
    """The value as JSON has it."""
    return value if value is None or kind not in _PACKERS else _PACKERS[kind](value)


def unpack(kind: Kind, value: Any) -> Any:
    """The value again. Raises ValueError for one that ``pack`` did not write."""
    return value if value is None or kind not in _UNPACKERS else _UNPACKERS[kind](value)
