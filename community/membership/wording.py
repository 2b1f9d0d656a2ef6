"""Names of roles and ways of membership as members read them."""

from collections.abc import Mapping
from types import MappingProxyType

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "owner": "群主",
        "admin": "管理员",
        "operator": "运营",
        "member": "成员",
        "guest": "访客",
        "outsider": "非成员",
    }
)
"""From the one who may do most to the one who may do least."""
