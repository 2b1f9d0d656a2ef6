"""What a gateway announces and does not give at once."""

import asyncio
from typing import cast

import pytest
from typing_extensions import override

from bot.channels.untrusted import Fields
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.link import Answer, Link
from bot.channels.wechaty.listener import Listener
from bot.channels.wechaty.messages import TEXT
from bot.channels.wechaty.notices import RECEIVED
from bot.channels.wechaty.rooms import Rooms
from bot.channels.wechaty.status_log import StatusLog
from bot.clock import SystemClock
from community.updates import FriendRequested
from tests.channels.hearing import Heard

pytestmark = pytest.mark.anyio


class Hiccups:
    """A connection on which the first questions for something get no answer."""

    def __init__(self, **silences: int) -> None:
        self.events: asyncio.Queue[Fields | None] = asyncio.Queue()
        self.closed = False
        self.asked: list[str] = []
        self._silences = silences

    def announce(self, *events: tuple[str, Fields]) -> None:
        """The gateway reports these, and ends."""
        for name, data in events:
            self.events.put_nowait({"event": name, "data": data})
        self.events.put_nowait(None)

    async def call(self, name: str, **asked: str) -> Answer:
        """What a link would say."""
        if name not in ("message", "friendship"):
            return Answer("ok", {"name": "张三"})
        one = asked["id"]
        self.asked.append(one)
        if self._silences.get(one, 0) > 0:
            self._silences[one] -= 1
            return Answer("silent", detail="没有等到回应")
        if name == "friendship":
            return Answer("ok", {"from": "zhang", "hello": "你好", "type": RECEIVED})
        return Answer("ok", {"type": TEXT, "text": f"#求 {one}", "from": "zhang", "mentions": []})


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def state(heard: Heard) -> ChannelState:
    return ChannelState(
        rooms=Rooms(()),
        accounts=Accounts(stable=True),
        status_log=StatusLog("127.0.0.1:1"),
        clock=SystemClock(),
        feed=heard.feed,
    )


async def listen(state: ChannelState, link: Hiccups, *events: tuple[str, Fields]) -> None:
    """Hear all of this by one connection."""
    link.announce(("login", {"contactId": "bot"}), *events)
    await Listener(state, stable=True).run(cast("Link", link))


def said(message_id: str) -> tuple[str, Fields]:
    return "message", {"messageId": message_id}


async def test_what_was_not_given_is_asked_for_after_the_next(
    state: ChannelState, heard: Heard
) -> None:
    await listen(state, Hiccups(one=1), said("one"), said("two"), said("three"))
    assert heard.texts == ["#求 two", "#求 one", "#求 three"]


async def test_what_is_never_given_holds_nobody_up_for_ever(
    state: ChannelState, heard: Heard
) -> None:
    link = Hiccups(one=2)
    await listen(state, link, said("one"), said("two"), said("three"))
    assert heard.texts == ["#求 two", "#求 three"]
    assert link.asked == ["one", "two", "one", "three"]
    await listen(state, link, said("four"))  # the next login
    assert heard.texts[2:] == ["#求 one", "#求 four"]
    assert link.asked[4:] == ["one", "four"]


class Late(Hiccups):
    """A gateway that shows a room only after somebody has spoken there, and its topic later."""

    @override
    async def call(self, name: str, **asked: str) -> Answer:
        """What a link would say."""
        match name:
            case "rooms":
                return Answer("ok", ["r1"] if self.asked else [])
            case "room":
                self.asked.append("room")
                there = self.asked.count("room") > 1
                return Answer("ok", {"topic": "老友记一群"}) if there else Answer("silent")
            case "message":
                text = f"#求 {asked['id']}"
                return Answer("ok", {"type": TEXT, "text": text, "from": "zhang", "room": "r1"})
        return Answer("ok", {})


async def test_a_room_whose_topic_comes_late_is_no_stranger(
    state: ChannelState, heard: Heard
) -> None:
    state.rooms = Rooms(["wechaty:老友记一群"])
    await listen(state, Late(), said("one"), said("two"))
    assert heard.texts == ["#求 two"]
    assert heard.messages[0].group == "wechaty:老友记一群"


async def test_a_friend_request_while_the_gateway_dies(state: ChannelState, heard: Heard) -> None:
    await listen(state, Hiccups(flag=1), ("friendship", {"friendshipId": "flag"}))
    assert heard.updates == []
    await listen(state, Hiccups())
    [asked] = heard.updates
    assert isinstance(asked, FriendRequested)
    assert (asked.account, asked.flag) == ("wechaty:zhang", "flag")
