"""Addresses of people on WeChat, and of the account that the bot speaks with."""

import hashlib
from collections.abc import Iterable

PREFIX = "wechaty:"
_SEPARATOR = "~"


class Accounts:
    """Turns contact ids into addresses and back.

    With ``stable`` false the ids of a gateway hold for one login only. Then an address bears a
    mark of the login, so that an id that comes again in a later login is never taken for the
    person who had it before, and an address of an earlier login leads to nobody.
    """

    def __init__(self, *, stable: bool) -> None:
        self._stable = stable
        self._mark = ""
        self.own = ""  # contact id of the account itself; empty before the first login
        self.names: frozenset[str] = frozenset()  # by which it may be called

    def login(self, own: str, names: Iterable[str]) -> None:
        """The account is logged in."""
        self.own, self.names = own, frozenset(filter(None, names))
        if not self._stable:
            # An account that was not logged in anew keeps its id, and so do all the others.
            self._mark = hashlib.sha256(own.encode()).hexdigest()[:8] + _SEPARATOR

    def also_called(self, name: str) -> None:
        """The account bears this name in some room."""
        if name:
            self.names |= {name}

    @property
    def address(self) -> str:
        """The address of the account itself."""
        return self.of(self.own)

    def of(self, contact: str) -> str:
        """The address of a contact."""
        return f"{PREFIX}{self._mark}{contact}"

    def contact(self, address: str) -> str | None:
        """The contact behind an address; None when there is none in this login."""
        known = address.removeprefix(PREFIX)
        if known == address or not known.startswith(self._mark):
            return None
        return known.removeprefix(self._mark) or None
