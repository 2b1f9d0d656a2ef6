"""Names of what may come by mail."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storage.tables import Preference

ALERTS: Final = "新的匹配"
DIGEST: Final = "新的需求和供给"
RHYTHMS: Final[Mapping[str, str]] = MappingProxyType(
    {"off": "不收", "now": "一有就发", "daily": "每天", "weekly": "每周"}
)


def coming(row: Preference) -> list[str]:
    """What comes by itself now: 新的匹配（每天）"""
    parts = ((ALERTS, row.alerts), (DIGEST, row.digest))
    return [f"{name}（{RHYTHMS[rhythm]}）" for name, rhythm in parts if rhythm != "off"]
