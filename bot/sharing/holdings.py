"""Which channel of this process may speak where: several processes share the chat accounts."""

import asyncio
from collections.abc import Sequence

from bot.channels.base import Channel, account_of, is_connected
from storage.presence import lease_of


class Holding:
    """One channel, and whether this process may run it."""

    def __init__(self, channel: Channel, *, shared: bool) -> None:
        self.channel = channel
        self.name = account_of(channel)
        self.lease = lease_of(self.name) if shared and channel.address else None
        self.held = asyncio.Event()
        self.lost = asyncio.Event()
        self.idle = asyncio.Event()  # nothing of it runs
        self.idle.set()
        if self.lease is None:
            self.held.set()

    def take(self) -> None:
        """It is ours from now on."""
        self.lost.clear()
        self.held.set()

    def lose(self) -> None:
        """It is not ours any more, or shall not be."""
        self.held.clear()
        self.lost.set()


class Holdings:
    """All channels of this process. ``mark``: the number of the process; None on SQLite, which
    nobody shares.
    """

    def __init__(self, channels: Sequence[Channel], *, mark: int | None) -> None:
        self._mark = mark
        self.all = [Holding(channel, shared=mark is not None) for channel in channels]
        self._by_name: dict[str, list[Holding]] = {}
        for holding in self.all:
            self._by_name.setdefault(holding.channel.name, []).append(holding)

    @property
    def names(self) -> set[str]:
        """Prefixes of the addresses that somebody with this configuration speaks to."""
        return set(self._by_name)

    @property
    def connected(self) -> dict[str, bool]:
        """Whether all accounts of a kind that this process runs reach their platform; nothing of
        those that it leaves to others.
        """
        held = {
            name: [is_connected(one.channel) for one in alike if one.held.is_set()]
            for name, alike in self._by_name.items()
        }
        return {name: all(each) for name, each in held.items() if each}

    def away(self, *, alone: bool) -> set[str]:
        """Kinds of which this process runs an account that does not reach its platform.

        One that dials us may well be connected to another process, if we are not ``alone``.
        """
        return {
            one.channel.name
            for one in self.all
            if one.held.is_set()
            and (alone or one.lease is not None)
            and not is_connected(one.channel)
        }

    @property
    def numbers(self) -> set[int]:
        """Under which numbers this process works now."""
        held = {one.lease for one in self.leased if one.held.is_set()}
        return {number for number in (self._mark, *held) if number is not None}

    @property
    def leased(self) -> list[Holding]:
        """Those that only one process at a time may run."""
        return [holding for holding in self.all if holding.lease is not None]

    @property
    def asks(self) -> bool:
        """Whether it depends on the connections of the moment where a channel speaks."""
        return any(self._asked(holding) for holding in self.all)

    def route(self, lane: str) -> Channel | None:
        """The channel that speaks there; None when this process has none, now at least."""
        holding = self._route(lane)
        return holding.channel if holding else None

    def serves(self, lane: str) -> bool:
        """Whether this process speaks there."""
        return self._route(lane) is not None

    def holder(self, lane: str) -> int | None:
        """The number under which this process sends there."""
        holding = self._route(lane)
        return self._mark if holding is None or holding.lease is None else holding.lease

    def _route(self, lane: str) -> Holding | None:
        alike = self._by_name.get(lane.partition(":")[0], [])
        return next((one for one in alike if one.held.is_set() and self._speaks(one, lane)), None)

    def _speaks(self, holding: Holding, lane: str) -> bool:
        if not self._asked(holding):
            return True
        known = holding.channel.reaches(lane)
        # To somebody whom no account has met speaks the first: one, and always the same.
        return holding is self._by_name[holding.channel.name][0] if known is None else known

    def _asked(self, holding: Holding) -> bool:
        alone = len(self._by_name[holding.channel.name]) == 1
        return not alone or (self._mark is not None and holding.lease is None)
