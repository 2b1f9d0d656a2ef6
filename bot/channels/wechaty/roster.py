"""Reads the member lists of the groups: WeChat reports no changed name, and no changed card."""

import asyncio
from collections.abc import Collection, Sequence

from loguru import logger

from bot.channels.untrusted import Fields, as_fields
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.link import Link
from bot.channels.wechaty.values import as_id, as_ids, as_name
from bot.logs import masked
from community.updates import Seat

_EVERY = 600.0  # seconds
_AT_ONCE = 8


class Roster:
    """Reads all lists after each login, and every ten minutes."""

    def __init__(self, state: ChannelState) -> None:
        self._state = state

    async def keep_fresh(self, link: Link) -> None:
        """Until cancelled."""
        while True:
            for group, room in list(self._state.rooms.known.items()):
                await self.refresh(link, group, room)
            await self._state.clock.sleep(_EVERY)

    async def refresh(self, link: Link, group: str, room: str) -> None:
        """Read one list, and pass on what is new in it."""
        self._state.seats.begin_refresh(group)
        listed = as_ids((await link.call("members", room=room)).data)
        if not listed:  # an empty list would say that everybody has left
            logger.info("微信：取不到群 {} 的成员", masked(group))
            return
        run_by = as_fields((await link.call("room", id=room, fresh=True)).data)
        seats = await self._seats(link, group, room, listed, run_by)
        if link.closed:  # what is not told now would never be
            return
        change = self._state.seats.replace(group, seats)
        if change:
            own, now = self._state.accounts.address, self._state.clock.now()
            await self._state.feed(change.to_update(channel=own, group=group, native=room, at=now))

    async def seat(self, link: Link, group: str, room: str, contact: str) -> Seat:
        """The seat of one person as the gateway has it now."""
        known = self._state.seats.find(group, self._state.accounts.of(contact))
        fields = as_fields((await link.call("member", room=room, id=contact)).data)
        seat = _seat(self._state.accounts.of(contact), fields, known)
        if contact == self._state.accounts.own:
            self._state.accounts.also_called(seat.card)
        else:
            self._state.seats.glimpse(group, seat)
        return seat

    async def _seats(
        self, link: Link, group: str, room: str, listed: Sequence[str], run_by: Fields
    ) -> list[Seat]:
        gate = asyncio.Semaphore(_AT_ONCE)
        admins = as_ids(run_by.get("admins"))

        async def one(contact: str) -> Seat:
            async with gate:
                seat = await self.seat(link, group, room, contact)
            return _ranked(seat, contact, as_id(run_by.get("owner")), admins)

        seats = await asyncio.gather(*map(one, dict.fromkeys(listed)))
        return [seat for seat in seats if seat.account != self._state.accounts.address]


def _seat(account: str, fields: Fields, known: Seat | None) -> Seat:
    """What the gateway says; what was known before, when it says nothing."""
    known = known or Seat(account=account)
    if not fields:
        return known
    name, card = as_name(fields.get("name")), as_name(fields.get("card"))
    return known.model_copy(update={"name": name or known.name, "card": card})


def _ranked(seat: Seat, contact: str, owner: str, admins: Collection[str]) -> Seat:
    role = "owner" if contact == owner else "admin" if contact in admins else "member"
    return seat.model_copy(update={"role": role})
