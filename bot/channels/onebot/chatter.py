"""Drops the chatter of groups by a first look at an event, before it is decoded."""

from collections.abc import Callable

from bot.channels.base import ChatterFilter
from bot.channels.onebot.content import read
from bot.channels.onebot.cq import pieces
from bot.channels.onebot.fields import address, as_id
from bot.channels.onebot.watermarks import Watermarks
from bot.channels.seats import Seats
from bot.channels.untrusted import Fields, as_time


class EventPrefilter:
    """Nearly all that comes is chatter, and a busy group must not keep the bot busy.

    Whatever is odd about an event, it is not for here: ``decode`` looks closer.
    """

    def __init__(
        self,
        chatter_filter: ChatterFilter,
        *,
        seats: Seats,
        watermarks: Watermarks,
        caught_up: Callable[[], bool],
    ) -> None:
        """``caught_up`` tells that nothing that came earlier still has to be handled."""
        self._chatter_filter = chatter_filter
        self._seats = seats
        self._watermarks = watermarks
        self._caught_up = caught_up

    def drops(self, event: Fields) -> bool:
        """Whether the event can be dropped."""
        if event.get("post_type") != "message" or event.get("message_type") != "group":
            return False
        own, user = as_id(event.get("self_id")), as_id(event.get("user_id"))
        place, time = as_id(event.get("group_id")), as_time(event.get("time"))
        if own is None or user is None or place is None or time is None:
            return False
        if user == own or event.get("anonymous") or as_id(event.get("message_id")) is None:
            return False
        group, message = address(place), event.get("message")
        typed = _typed(message)
        if typed is None:
            return False
        text, quoting = typed
        if quoting:  # it may be an answer: that depends on every sign of it
            text = read(
                pieces(message), own=own, name_of=lambda who: self._seats.name(group, who)
            ).text
        if not self._chatter_filter(address(own), group, text, quoting=quoting):
            return False
        if self._caught_up():
            self._watermarks.advance(group, time)
        return True


def _typed(message: object) -> tuple[str, bool] | None:
    """What was typed, and whether it quotes; None when that takes a closer look."""
    if isinstance(message, str):
        return (message, False) if message and "[CQ:" not in message else None
    if not isinstance(message, list) or not message:
        return None
    texts, quoting = [], False
    for row in message:
        kind = row.get("type") if isinstance(row, dict) else None
        if not isinstance(kind, str):
            return None
        if kind == "text":
            data = row.get("data")
            text = data.get("text") if isinstance(data, dict) else None
            if not isinstance(text, str):
                return None
            texts.append(text)
        elif kind == "reply":
            quoting = True
    return "\n".join(texts), quoting
