"""Which channel of this process may speak where: several processes share the chat accounts."""

import asyncio
from collections.abc import Sequence

from bot.channels.base import Channel, SharesGroups, account_of, is_connected
from bot.coordination.neighbours import Neighbours
from storage.presence import lease_of


class HeldChannel:
    """One channel, and whether this process may run it."""

    def __init__(self, channel: Channel, *, shared: bool) -> None:
        self.channel = channel
        self.name = account_of(channel)
        self.lease = lease_of(self.name) if shared and channel.address else None
        # Where another process may hear what this channel hears, by another account.
        self.shares: SharesGroups | None = None
        self.held = asyncio.Event()
        self.lost = asyncio.Event()
        self.idle = asyncio.Event()  # nothing of it runs
        self.idle.set()
        if self.lease is None:
            self.held.set()

    def acquire(self) -> None:
        """Its lease is ours from now on."""
        self.lost.clear()
        self.held.set()

    def release(self) -> None:
        """Its lease is not ours any more, or is about to be given up."""
        self.held.clear()
        self.lost.set()


class HeldChannels:
    """All channels of this process. ``instance_id``: the number of the process; None on
    SQLite, which nobody shares.
    """

    def __init__(
        self,
        channels: Sequence[Channel],
        *,
        instance_id: int | None,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._instance_id = instance_id
        self._neighbours = neighbours
        self.all = [HeldChannel(channel, shared=instance_id is not None) for channel in channels]
        self._by_name: dict[str, list[HeldChannel]] = {}
        for held_channel in self.all:
            self._by_name.setdefault(held_channel.channel.name, []).append(held_channel)
        for one in self.all:
            shared = instance_id is not None and self._depends_on_connections(one)
            one.shares = one.channel if shared and isinstance(one.channel, SharesGroups) else None

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

    def disconnected(self, *, alone: bool) -> set[str]:
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
    def holder_numbers(self) -> set[int]:
        """Under which numbers this process works now."""
        held = {one.lease for one in self.leased if one.held.is_set()}
        return {number for number in (self._instance_id, *held) if number is not None}

    @property
    def leased(self) -> list[HeldChannel]:
        """Those that only one process at a time may run."""
        return [held_channel for held_channel in self.all if held_channel.lease is not None]

    @property
    def depends_on_connections(self) -> bool:
        """Whether it depends on the connections of the moment where a channel speaks."""
        return any(self._depends_on_connections(held_channel) for held_channel in self.all)

    def route(self, lane: str) -> Channel | None:
        """The channel that speaks there; None when this process has none, now at least."""
        held_channel = self._route(lane)
        return held_channel.channel if held_channel else None

    def serves(self, lane: str) -> bool:
        """Whether this process speaks there."""
        return self._route(lane) is not None

    def holder(self, lane: str) -> int | None:
        """The number under which this process sends there."""
        held_channel = self._route(lane)
        return (
            self._instance_id
            if held_channel is None or held_channel.lease is None
            else held_channel.lease
        )

    def _route(self, lane: str) -> HeldChannel | None:
        alike = self._by_name.get(lane.partition(":")[0], [])
        return next((one for one in alike if one.held.is_set() and self._serves(one, lane)), None)

    def _serves(self, held_channel: HeldChannel, lane: str) -> bool:
        if not self._depends_on_connections(held_channel):
            return True
        if self._neighbours is not None and self._neighbours.answers(lane):
            return False
        known = held_channel.channel.reaches(lane)
        # To somebody whom no account has met speaks the first: one, and always the same.
        return (
            held_channel is self._by_name[held_channel.channel.name][0] if known is None else known
        )

    def _depends_on_connections(self, held_channel: HeldChannel) -> bool:
        alone = len(self._by_name[held_channel.channel.name]) == 1
        return not alone or (self._instance_id is not None and held_channel.lease is None)
