"""Finds the rooms of the configured groups, by id or by topic."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

from loguru import logger

from bot.channels.untrusted import as_fields
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.link import Link
from bot.channels.wechaty.rooms import named
from bot.channels.wechaty.values import as_ids, as_name

_AT_ONCE = 8
_MAX_LOOKUPS = 3


class Directory:
    """Looks up what is missing; tells the operator once what cannot be found."""

    def __init__(self, state: ChannelState, *, stable: bool) -> None:
        self._state = state
        self._stable = stable
        self._ignored: set[str] = set()
        self._lookups: Counter[str] = Counter()  # for the topic of a room
        self._told: dict[str, str] = {}

    async def find_rooms(self, link: Link) -> int:
        """Look for every missing room; gives the number of rooms that the account is in."""
        self._ignored.clear()
        self._lookups.clear()
        rooms = self._state.rooms
        listed = as_ids((await link.call("rooms")).data)
        for group in rooms.missing:
            if named(group) in listed:
                rooms.set(group, named(group))
        remembered = {group: await self._remembered(group) for group in rooms.missing}
        for group, room in remembered.items():
            if room and (room in listed or await _topic(link, room) is not None):
                rooms.set(group, room)
        if rooms.missing:
            topics = await topics_of(link, listed)
            for group in rooms.missing:
                await self._by_topic(group, topics, remembered.get(group))
        return len(listed)

    async def on_unknown_room(self, link: Link, room: str) -> None:
        """Something was said in a room that is none of the known ones: it may be a missing one."""
        rooms = self._state.rooms
        if not rooms.missing or room in self._ignored:
            return
        topic = await _topic(link, room)
        wanted = [named(group) for group in rooms.missing]
        if room in wanted:
            rooms.set(rooms.group(room), room)
        elif topic in wanted:
            await self.find_rooms(link)
        self._lookups[room] += 1
        # Else it may be told next time.
        if topic is not None or self._lookups[room] >= _MAX_LOOKUPS:
            self._ignored.add(room)

    def renamed(self, room: str) -> None:
        """A room that did not matter may matter by its new topic."""
        self._ignored.discard(room)

    async def _remembered(self, group: str) -> str | None:
        store = self._state.room_store
        if store is None or not self._stable:
            return None
        # It asks the database, and the connection must not wait for that.
        return await asyncio.to_thread(store.load, group)

    async def _by_topic(self, group: str, topics: Mapping[str, str], before: str | None) -> None:
        found = [room for room, topic in topics.items() if topic == named(group)]
        match found:
            case [room] if before is None:
                self._state.rooms.set(group, room)
                if self._state.room_store is not None and self._stable:
                    await asyncio.to_thread(self._state.room_store.save, group, room)
            case [room]:
                self._tell(
                    group, f"以前是 {before}，现在有另一个同名的群 {room}：请在配置里写群 id"
                )
            case []:
                self._tell(group, "账号不在这个群里，或者群名对不上")
            case _:
                self._tell(group, f"有几个群都叫这个名字：{'、'.join(found)}；请在配置里写群 id")

    def _tell(self, group: str, words: str) -> None:
        if self._told.get(group) != words:
            self._told[group] = words
            logger.error("微信：群「{}」{}", named(group), words)


async def topics_of(link: Link, listed: Sequence[str]) -> dict[str, str]:
    """Room id to topic."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(room: str) -> tuple[str, str]:
        async with gate:
            return room, await _topic(link, room) or ""

    return dict(await asyncio.gather(*map(one, listed)))


async def _topic(link: Link, room: str) -> str | None:
    """What a room is called; None when the account is not in it."""
    answer = await link.call("room", id=room)
    fields = as_fields(answer.data)
    return as_name(fields.get("topic")) if answer.state == "ok" else None
