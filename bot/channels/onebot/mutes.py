"""Where an account may not speak, as far as it was told."""

import math
from collections.abc import Mapping
from datetime import datetime

from bot.channels.onebot.seats import Role


class Mutes:
    """The groups in which an account alone may not speak, or nobody but owner and admins."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self._until: dict[str, datetime] = {}
        self._whole: set[str] = set()
        self._roles = roles  # where its own is not known, the account tries to speak

    def mute(self, group: str, until: datetime | None) -> None:
        """The account may not speak in a group; None: it may again."""
        if until is None:
            self._until.pop(group, None)
        else:
            self._until[group] = until

    def mute_whole(self, group: str, *, muted: bool) -> None:
        """Nobody may speak in a group but its owner and admins, or all may again."""
        if muted:
            self._whole.add(group)
        else:
            self._whole.discard(group)

    def wait(self, group: str | None, now: datetime) -> float:
        """Seconds for which it may not speak in a group; nobody tells when a whole one may."""
        if group is None:
            return 0.0
        if group in self._whole and self._roles.get(group) == "member":
            return math.inf
        until = self._until.get(group)
        return 0.0 if until is None else max(0.0, (until - now).total_seconds())

    def clear(self) -> None:
        """That it may speak again could have gone unheard."""
        self._until.clear()
        self._whole.clear()
