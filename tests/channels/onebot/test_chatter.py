"""Chatter goes no further than a first look, and nothing else is lost by it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.onebot import OneBot
from bot.channels.onebot.chatter import EventPrefilter
from bot.channels.onebot.decode import decode
from bot.channels.onebot.watermarks import Watermarks
from bot.channels.seats import Seats
from bot.clock import SystemClock
from community.updates import Message
from handlers.framework.parse import may_command, parse
from tests.channels.hearing import running
from tests.channels.onebot.bench import GROUP, TOKEN, HeldClock
from tests.channels.onebot.test_robustness import FIELDS, anything, events
from tests.handlers.framework.vocabulary import vocabulary
from tests.onebot_peer import Peer, payloads
from tests.onebot_peer.cq import to_cq
from tests.onebot_peer.payloads import Segment, at, image, reply, text

FEATURES = vocabulary()
OWN = 10001000


def ignores(_channel: str, _group: str, typed: str, *, quoting: bool) -> bool:
    """As the dispatcher does in a group of a community."""
    return not may_command(typed, FEATURES, quoting=quoting)


def dropped(event: Any, *, caught_up: bool = True, seen: Watermarks | None = None) -> bool:
    """Whether the first look is the last."""
    chatter = EventPrefilter(
        ignores,
        seats=Seats(),
        watermarks=seen or Watermarks(None, SystemClock()),
        caught_up=lambda: caught_up,
    )
    return chatter.drops(event)


def said(*segments: Segment, user: int = 20002000, group: int | None = GROUP) -> Any:
    """An event."""
    return payloads.message(
        own=OWN, user=user, segments=segments, message_id=5, time=1763600000, group=group
    )


words = st.sampled_from(["#need 车", "搞定", "拒绝", " 太笼统", "好的", "#", "\n", "【求】车"])
said_in_groups = st.lists(
    words.map(text) | st.sampled_from([at(OWN), at(7), at("all"), reply(5), image()]),
    min_size=1,
    max_size=5,
).map(lambda segments: said(*segments))


@given(said_in_groups | said_in_groups.map(lambda e: {**e, "message": to_cq(e["message"])}))
def test_what_is_dropped_is_no_command_whatever_it_quotes(event: Any) -> None:
    update = decode(event, Seats())
    assert isinstance(update, Message)
    if dropped(event):
        assert parse(update.model_copy(update={"to_bot": True}), FEATURES) is None


strange = st.builds(
    lambda event, change: {**event, **change},
    said_in_groups,
    st.dictionaries(st.sampled_from(FIELDS), anything, max_size=2),
)


@given(anything | events | strange)
def test_whatever_arrives_a_first_look_does_not_fail(event: Any) -> None:
    if isinstance(event, dict) and dropped(event):
        update = decode(event, Seats())
        assert isinstance(update, Message)
        assert parse(update, FEATURES) is None


@pytest.mark.parametrize(
    ("event", "drops"),
    [
        (said(text("大家早")), True),
        (said(at(7), text(" 在吗"), image()), True),
        (said(at(OWN), text(" 在吗")), True),
        (said(image()), True),
        (said(reply(5), at(7), text(" 说得好")), True),
        (said(reply(5), at(7), text(" 搞定")), False),
        (said(reply(5), text("搞定")), False),
        (said(text("#need 车")), False),
        (said(at(7), text(" #need 车")), False),
        (said(text("大家早"), group=None), False),
        (said(text("我说的"), user=OWN), False),
        ({**said(text("大家早")), "message": "大家早"}, True),
        ({**said(text("大家早")), "message": "[CQ:at,qq=7] 大家早"}, False),
        ({**said(text("大家早")), "message": [], "raw_message": "#need 车"}, False),
        ({**said(text("大家早")), "anonymous": {"name": "x"}}, False),
        ({**said(text("大家早")), "time": "now"}, False),
    ],
)
def test_the_first_look(event: Any, drops: bool) -> None:
    assert dropped(event) is drops


@pytest.mark.anyio
async def test_chatter_is_heard_only_once_all_before_it_is_handled() -> None:
    seen, group = Watermarks(None, SystemClock()), f"onebot:{GROUP}"
    start = await seen.gap(group)
    assert start is None
    late = {**said(text("大家早")), "time": int(datetime.now(UTC).timestamp()) + 60}
    before = await seen.gap(group)
    assert dropped(late, caught_up=False, seen=seen)
    assert await seen.gap(group) == before
    assert dropped(late, seen=seen)
    assert await seen.gap(group) == datetime.fromtimestamp(late["time"], UTC)


@pytest.mark.anyio
async def test_more_chatter_than_can_wait_costs_nothing(peer: Peer, logged: list[str]) -> None:
    channel = OneBot(
        access_token=TOKEN,
        url=await peer.listen(),
        groups=[f"onebot:{GROUP}"],
        clock=HeldClock(),
        backlog=3,
    )
    channel.filter_chatter(ignores)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)  # the member list
        async with heard.shut():
            for number in range(20):
                await peer.say(20002000, f"{number}", group=GROUP)
            await peer.say(20002000, "#need 车", group=GROUP)
        await heard.says("#need 车")
    assert heard.texts == ["#need 车"]
    assert not [line for line in logged if "补取" in line]
