"""A message event as an update, and the message that it quotes."""

import re
from datetime import datetime

from bot.channels.onebot.content import read
from bot.channels.onebot.cq import Piece, pieces
from bot.channels.onebot.fields import address, as_id, as_name, as_person
from bot.channels.onebot.seats import as_role
from bot.channels.seats import Seats
from bot.channels.untrusted import Fields, as_fields, as_text
from community.updates import Message, Quoted, Seat, Sender

_ASKS = tuple("#＃﹟【[［@＠")  # what a command can open with
_ORDER = re.compile(r"\w{1,10}[\s：:，,]")  # an admin's bare word, with a reason behind it
_SHORT = 40


def message_from(event: Fields, own: str, time: datetime, seats: Seats) -> Message | None:
    """What somebody else said. Anonymous posts are ignored: they belong to no account."""
    user, message_id = as_person(event.get("user_id")), as_id(event.get("message_id"))
    if user is None or message_id is None or user == own or event.get("anonymous"):
        return None
    group, place = _place(event, user)
    if not place:
        return None
    content = read(_pieces(event), own=own, name_of=lambda who: seats.name(group, who))
    return Message(
        channel=address(own),
        # The id alone is not enough: some implementations count from 1 again after a restart.
        # A replay from the history brings the time at which the message was sent once more.
        key=f"{place}:{message_id}:{int(time.timestamp())}",
        time=time,
        group=group,
        message_id=message_id,
        sender=_sender(as_fields(event.get("sender")), user, seats.find(group, address(user))),
        text=content.text,
        mentions=content.called,
        to_bot=content.to_bot,
        quoted=content.quoted,
    )


def needs_quoted(message: Message) -> bool:
    """Whether it is worth a call to learn what a message quotes: chatter is not."""
    if message.quoted is None:
        return False
    text = message.text
    return text.startswith(_ASKS) or len(text) <= _SHORT or _ORDER.match(text) is not None


def with_quoted(message: Message, answer: object, seats: Seats) -> Message:
    """The message with text and author of what it quotes, from the answer to ``get_msg``."""
    fields = as_fields(answer)
    if message.quoted is None or _is_from_elsewhere(fields, message):
        return message
    sender = as_fields(fields.get("sender"))
    own = message.channel.partition(":")[2]
    user = as_person(sender.get("user_id")) or as_person(fields.get("user_id"))
    content = read(_pieces(fields), own=own, name_of=lambda who: seats.name(message.group, who))
    quoted = Quoted(
        message_id=message.quoted.message_id,
        account=address(user) if user else message.quoted.account,
        name=as_name(sender.get("card")) or as_name(sender.get("nickname")) or message.quoted.name,
        text=content.text,
    )
    return message.model_copy(
        update={"quoted": quoted, "to_bot": message.to_bot or user == own},
    )


def _is_from_elsewhere(fields: Fields, message: Message) -> bool:
    """Ids that are counted from 1 again may lead to what was said in another chat."""
    kind, number = fields.get("message_type"), as_person(fields.get("group_id"))
    if kind in ("group", "private") and (kind == "group") != (message.group is not None):
        return True
    return None not in (number, message.group) and message.group != address(number or "")


def _place(event: Fields, user: str) -> tuple[str | None, str]:
    """The group, if it is one, and what the key starts with; nothing for other kinds of chat."""
    number = as_id(event.get("group_id"))
    match event.get("message_type"):
        case "group" if number is not None:
            return address(number), f"group:{number}"
        case "private":
            return None, f"private:{user}"
    return None, ""


def _pieces(event: Fields) -> list[Piece]:
    return pieces(event.get("message")) or pieces(as_text(event.get("raw_message")))


def _sender(fields: Fields, user: str, seat: Seat | None) -> Sender:
    known = seat or Seat(account=address(user))
    return Sender(
        account=known.account,
        name=as_name(fields.get("nickname")) or known.name,
        card=as_name(fields["card"]) if "card" in fields else known.card,
        role=as_role(fields["role"]) if "role" in fields else known.role,
    )
