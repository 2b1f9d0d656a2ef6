"""What an implementation reports, in the project's own words."""

from loguru import logger

from bot.channels.onebot.fields import as_id
from bot.channels.onebot.messages import message_from
from bot.channels.onebot.notices import notice_from
from bot.channels.onebot.requests import request_from
from bot.channels.seats import Seats
from bot.channels.untrusted import as_fields, as_time
from community.updates import Update


def decode(event: object, seats: Seats) -> Update | None:
    """The event as an update; None when it is none of our business or cannot be read."""
    fields = as_fields(event)
    own, time = as_id(fields.get("self_id")), as_time(fields.get("time"))
    if own is None or time is None:
        logger.debug("OneBot: an event without self_id or time was dropped")
        return None
    match fields.get("post_type"):
        case "message":
            return message_from(fields, own, time, seats)
        case "notice":
            return notice_from(fields, own, time, seats)
        case "request":
            return request_from(fields, own, time)
    return None
