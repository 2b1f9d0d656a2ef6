"""Member lists as they are read again: cards change without a word."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.link import Answer, Link
from bot.channels.wechaty.rooms import Rooms
from bot.channels.wechaty.roster import Roster
from bot.channels.wechaty.status_log import StatusLog
from bot.clock import SystemClock
from community.updates import SeatsChanged
from tests.channels.hearing import Heard

pytestmark = pytest.mark.anyio

ROOM = "r1@chatroom"
GROUP = f"wechaty:{ROOM}"


@dataclass
class Members:
    """A connection to a gateway that tells who sits in the one room that there is."""

    cards: dict[str, str]
    owner: str = "zhang"
    closed: bool = field(default=False)

    async def call(self, name: str, **asked: str) -> Answer:
        """What a link would say."""
        match name:
            case "members":
                return Answer("ok", ["bot", *self.cards])
            case "room":
                return Answer("ok", {"topic": "老友记", "owner": self.owner, "admins": []})
        return Answer("ok", {"name": asked["id"], "card": self.cards.get(asked["id"], "")})


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def roster(heard: Heard) -> Roster:
    state = ChannelState(
        rooms=Rooms((GROUP,)),
        accounts=Accounts(stable=True),
        status_log=StatusLog("127.0.0.1:1"),
        clock=SystemClock(),
        feed=heard.feed,
    )
    state.accounts.login("bot", ("老友",))
    state.rooms.set(GROUP, ROOM)
    return Roster(state)


async def read(roster: Roster, members: Members) -> None:
    """Read the list once."""
    await roster.refresh(cast("Link", members), GROUP, ROOM)


def told(heard: Heard) -> list[tuple[dict[str, str], tuple[str, ...]]]:
    """Account to card of those who are new or other than before, and who has left."""
    changes = [one for one in heard.updates if isinstance(one, SeatsChanged)]
    return [({seat.account: seat.card for seat in one.seats}, one.left) for one in changes]


async def test_a_later_list_tells_who_came_left_and_wears_another_card(
    roster: Roster, heard: Heard
) -> None:
    members = Members({"zhang": "张三-腾讯", "li": "", "wang": "王五"})
    await read(roster, members)
    await read(roster, members)  # ten minutes later: the same
    members.cards = {"zhang": "张三-字节", "li": "", "zhao": "赵六"}
    await read(roster, members)
    assert told(heard)[1:] == [
        ({"wechaty:zhang": "张三-字节", "wechaty:zhao": "赵六"}, ("wechaty:wang",))
    ]


async def test_a_card_that_was_seen_behind_some_chatter_is_told_by_the_next_list(
    roster: Roster, heard: Heard
) -> None:
    members = Members({"zhang": "张三", "li": ""})
    await read(roster, members)
    members.cards["li"] = "李四-字节"
    seat = await roster.seat(cast("Link", members), GROUP, ROOM, "li")
    assert seat.card == "李四-字节"
    await read(roster, members)
    assert told(heard)[1:] == [({"wechaty:li": "李四-字节"}, ())]
