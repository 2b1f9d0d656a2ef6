"""Which room of WeChat is which group of the configuration."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.channels.wechaty.accounts import PREFIX


class RoomStore(Protocol):
    """Keeps which room a topic of the configuration was found to be."""

    def load(self, group: str) -> str | None:
        """Id of the room that this group was, when it was met last."""

    def save(self, group: str, room: str) -> None:
        """Remember it."""


class Rooms:
    """Groups are configured by id or by topic; ``wechaty:<what is configured>`` is the address.

    A topic is looked up once. From then on the id counts, whatever the room is called later.
    """

    def __init__(self, groups: Iterable[str]) -> None:
        self._groups = tuple(group for group in groups if group.startswith(PREFIX))
        self._ids: dict[str, str] = {}  # group → room id
        self._rooms: dict[str, str] = {}  # room id → group

    def group(self, room: str) -> str:
        """The address of a room; one that nobody configured goes by its id."""
        return self._rooms.get(room, f"{PREFIX}{room}")

    def id(self, group: str | None) -> str | None:
        """The room that a group is; None when it is not known."""
        return self._ids.get(group or "")

    @property
    def known(self) -> Mapping[str, str]:
        """Group to room id."""
        return self._ids

    @property
    def missing(self) -> Sequence[str]:
        """Groups whose room is not known."""
        return [group for group in self._groups if group not in self._ids]

    def set(self, group: str, room: str) -> None:
        """The room of a group is known."""
        self.forget(group)
        self._ids[group] = room
        self._rooms[room] = group

    def forget(self, group: str) -> None:
        """The account is no longer in that room."""
        self._rooms.pop(self._ids.pop(group, ""), None)

    def forget_all(self) -> None:
        """Another login: every room may have another id."""
        self._ids.clear()
        self._rooms.clear()


def named(group: str) -> str:
    """What the configuration says about a group: an id or a topic."""
    return group.removeprefix(PREFIX)
