"""What was said: fetched by its id, and passed on."""

from datetime import datetime, timedelta

from loguru import logger

from bot.channels.untrusted import Fields, as_fields, as_text
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.directory import Directory
from bot.channels.wechaty.link import Link, fetch
from bot.channels.wechaty.messages import Place, message_from, recalled_from
from bot.channels.wechaty.recent import Said
from bot.channels.wechaty.roster import Roster
from bot.channels.wechaty.values import as_id, as_name, as_time
from community.updates import Message, Recalled, Seat

_OLDEST = timedelta(days=1)  # an answer that comes later than this does more harm than good
_REFRESH_AFTER = timedelta(seconds=60)  # a card is asked for again after this, when it matters
_COMMAND_STARTS = tuple("#＃﹟【[［@＠「")  # what a command can open with


class IncomingMessages:
    """Turns message events into updates."""

    def __init__(self, state: ChannelState, directory: Directory, roster: Roster) -> None:
        self._state = state
        self._directory = directory
        self._roster = roster
        self._refreshed: dict[tuple[str, str], datetime] = {}

    async def receive(self, link: Link, message_id: str) -> None:
        """A message was announced. Raises UnansweredError."""
        answer = await fetch(link, "message", id=message_id)
        fields = {**as_fields(answer.data), "id": message_id}
        contact, now = as_id(fields.get("from")), self._state.clock.now()
        old = now - (as_time(fields.get("time")) or now) > _OLDEST
        if answer.state != "ok" or old or contact in ("", self._state.accounts.own):
            logger.debug("wechaty: a message was dropped ({})", answer.detail or "own or old")
            return
        update = await self._read(link, fields, contact, now)
        if update is not None:
            self._remember(update)
            await self._state.feed(update)

    async def _read(
        self, link: Link, fields: Fields, contact: str, now: datetime
    ) -> Message | Recalled | None:
        state, room = self._state, as_id(fields.get("room"))
        if room:
            await self._directory.on_unknown_room(link, room)
        group = state.rooms.group(room) if room else None
        if group is not None and state.rooms.id(group) is None:
            return None  # nobody has asked the bot to listen there
        state.gives_ids = state.gives_ids or bool(fields.get("mentions"))
        place = Place(group, state.accounts, state.seats, state.recent, state.gives_ids)
        recalled = recalled_from(fields, state.accounts.of(contact), place, now)
        if recalled is not None:
            return recalled
        seat = await self._seat(link, group, room, contact, as_text(fields.get("text")))
        return message_from(fields, seat, place, now)

    async def _seat(
        self, link: Link, group: str | None, room: str, contact: str, text: str
    ) -> Seat:
        account = self._state.accounts.of(contact)
        if group is None:
            known = as_fields((await link.call("contact", id=contact)).data)
            return Seat(account=account, name=as_name(known.get("name")))
        seat, now = self._state.seats.find(group, account), self._state.clock.now()
        looked = self._refreshed.get((group, account))
        stale = looked is None or now - looked > _REFRESH_AFTER
        if seat is not None and not (stale and text.lstrip().startswith(_COMMAND_STARTS)):
            return seat
        self._refreshed[group, account] = now
        return await self._roster.seat(link, group, room, contact)

    def _remember(self, update: Message | Recalled) -> None:
        if isinstance(update, Message):
            sender = update.sender
            said = Said(update.message_id, sender.account, sender.shown, update.text)
            self._state.recent.note(update.group or sender.account, said)
