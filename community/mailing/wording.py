"""Names of what may come by mail."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storage.tables import Preference

ALERTS: Final = "新的匹配"
DIGEST: Final = "新的需求和供给"
RHYTHMS: Final[Mapping[str, str]] = MappingProxyType(
    {"off": "不发", "now": "一有就发", "daily": "每天一封", "weekly": "每周一封"}
)


def coming(row: Preference) -> list[str]:
    """What comes by itself now: 新的匹配（每天一封）"""
    parts = ((ALERTS, row.alerts), (DIGEST, row.digest))
    return [f"{name}（{RHYTHMS[rhythm]}）" for name, rhythm in parts if rhythm != "off"]
