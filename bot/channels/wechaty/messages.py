"""A message as an update. Pure."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.channels.seats import Seats
from bot.channels.untrusted import Fields, as_text
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.content import Content, Names, is_for_all, read
from bot.channels.wechaty.recent import Recent, made_up
from bot.channels.wechaty.values import as_id, as_ids, as_time
from community.updates import Message, Quoted, Recalled, Seat, Sender

TEXT, RECALLED = 7, 13  # kinds of message, as the gateways number them
_SHORT_ID = re.compile(r"\S{1,128}")
_ID_IN_XML = re.compile(r"<newmsgid>\s*(\d+)\s*</newmsgid>")
_LONGEST_KEY = 160


@dataclass(frozen=True)
class Place:
    """Where a message was said, and what is known there."""

    group: str | None
    accounts: Accounts
    seats: Seats
    recent: Recent
    gives_ids: bool  # this gateway tells who is mentioned


def message_from(fields: Fields, seat: Seat, place: Place, now: datetime) -> Message | None:
    """What somebody else said. Anything but text says nothing to the bot."""
    message_id, text = as_id(fields.get("id")), as_text(fields.get("text"))
    if fields.get("type") != TEXT or not message_id or not text.strip():
        return None
    own, lane = place.accounts.address, place.group or seat.account
    content = read(text, _called(fields, place), _names(place))
    quoted = _quoted(content, lane, place)
    return Message(
        channel=own,
        key=key("message", lane, message_id),
        time=as_time(fields.get("time")) or now,
        group=place.group,
        message_id=message_id,
        sender=Sender(account=seat.account, name=seat.name, card=seat.card, role=seat.role),
        text=content.text,
        mentions=content.mentions,
        to_bot=content.to_bot or (quoted is not None and quoted.account == own),
        quoted=quoted,
    )


def recalled_from(fields: Fields, who: str, place: Place, now: datetime) -> Recalled | None:
    """Somebody took a message back."""
    text = as_text(fields.get("text")).strip()
    found = _ID_IN_XML.search(text)
    message_id = found[1] if found else text
    if fields.get("type") != RECALLED or not _SHORT_ID.fullmatch(message_id):
        return None
    return Recalled(
        channel=place.accounts.address,
        key=key("recall", place.group or who, message_id),
        time=as_time(fields.get("time")) or now,
        group=place.group,
        message_id=message_id,
        by=who,
    )


def key(*parts: str) -> str:
    """A key that is the same when the same thing is reported again."""
    whole = ":".join(parts)
    return whole if len(whole) <= _LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()


def _called(fields: Fields, place: Place) -> Collection[str] | None:
    ids = as_ids(fields.get("mentions"))
    if not ids:
        return () if place.gives_ids else None
    if place.group and is_for_all(ids, place.seats.size(place.group)):
        return ()
    return [place.accounts.of(one) for one in ids]


def _names(place: Place) -> Names:
    accounts = place.accounts
    return Names(accounts.address, accounts.names, place.seats.names(place.group))


def _quoted(content: Content, lane: str, place: Place) -> Quoted | None:
    quote = content.quote
    if quote is None:
        return None
    # It shows all of the message, also what that one quoted and its @ of the bot.
    words = read(quote.text, (), _names(place)).text
    named = [who for who, name in place.seats.names(place.group).items() if name == quote.name]
    if quote.name in place.accounts.names:
        named = [place.accounts.address]
    said = place.recent.by_words(lane, quote.name, words)
    if said is not None and (not named or said.account in named):
        return Quoted(message_id=said.id, account=said.account, name=said.name, text=words)
    return Quoted(
        message_id=made_up(lane, quote.name, words),
        account=named[0] if len(named) == 1 else "",
        name=quote.name,
        text=words,
    )
