"""Events of one group for tests of the decoder: its constants, what is said there, who is known."""

from typing import Any

from bot.channels.seats import Seats
from community.updates import Seat
from tests.onebot_peer import payloads
from tests.onebot_peer.payloads import Event, Segment

OWN = 10001000
TIME = 1763600000
GROUP = "onebot:123456"


def said(*segments: Segment, **changes: Any) -> Event:
    """A group message with these segments."""
    event = payloads.message(
        own=OWN,
        user=20002000,
        segments=segments,
        message_id=-208931,
        time=TIME,
        group=123456,
        card="张三-2026001",
    )
    return {**event, **changes}


def known() -> Seats:
    """A group in which one person's card is known."""
    seats = Seats()
    li = Seat(account="onebot:30003000", name="小红", card="李四")
    seats.replace(GROUP, [li, Seat(account="onebot:50005000", name="王 五")])
    return seats
