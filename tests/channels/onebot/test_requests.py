"""People who ask to be let in: heard, and fetched when they were missed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.onebot.decode import decode
from bot.channels.onebot.requests import spoken
from bot.channels.seats import Seats
from community.updates import (
    BotInvited,
    FriendRequested,
    JoinRequested,
)
from tests.channels.hearing import Heard, running
from tests.channels.onebot.bench import BRIEF, GROUP, ROOM, HeldClock, forward
from tests.onebot_peer import SILENCE, Peer, Reply, failed, ok, payloads

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)
FLAG = f"{int(NOW.timestamp())}151114"
COMMENT = "问题：姓名和公司？\n答案：张三 字节"


@pytest.fixture
async def heard(peer: Peer) -> AsyncIterator[Heard]:
    """What comes in by a channel that is connected."""
    async with running(await forward(peer, HeldClock())) as heard:
        await heard.until(lambda: heard.updates)
        yield heard


def joins(heard: Heard) -> list[JoinRequested]:
    """Who asked to be let in."""
    return [update for update in heard.updates if isinstance(update, JoinRequested)]


async def test_a_request_to_join(peer: Peer, heard: Heard) -> None:
    await peer.request(40004000, flag=FLAG, group=GROUP, comment=COMMENT)
    await heard.until(lambda: joins(heard))
    asked = joins(heard)[0]
    assert (asked.group, asked.account, asked.flag) == (ROOM, "onebot:40004000", FLAG)
    assert (asked.question, asked.comment) == ("姓名和公司？", "张三 字节")
    assert asked.key == f"request:group:{GROUP}:{FLAG}"


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("张三 字节", ("", "张三 字节")),
        ("", ("", "")),
        ("答案：张三", ("", "张三")),
        ("答案: 张三\n字节", ("", "张三\n字节")),
        ("回答：张三", ("", "张三")),
        ("问题：你是谁？\n答案：", ("你是谁？", "")),
        ("问题:你是谁？ 答案:张三", ("你是谁？", "张三")),
        ("问题：请回答：你是谁？\n答案：答案：没有", ("请回答：你是谁？", "答案：没有")),
        ("我的问题：没有答案", ("", "我的问题：没有答案")),
    ],
)
def test_the_persons_own_words(comment: str, expected: tuple[str, str]) -> None:
    assert spoken(comment) == expected


async def test_a_friend_request_and_an_invitation(peer: Peer, heard: Heard) -> None:
    await peer.request(40004000, flag="77", comment="我是张三")
    await peer.request(50005000, flag="78", group=GROUP, sub_type="invite")
    await heard.until(lambda: isinstance(heard.updates[-1], BotInvited))
    friend, invited = heard.updates[-2:]
    assert isinstance(friend, FriendRequested)
    assert (friend.account, friend.comment, friend.group) == ("onebot:40004000", "我是张三", None)
    assert isinstance(invited, BotInvited)
    assert (invited.group, invited.account, invited.flag) == (ROOM, "onebot:50005000", "78")


async def test_a_request_that_came_while_the_bot_was_away(peer: Peer) -> None:
    clock = HeldClock()
    await peer.request(40004000, flag=FLAG, group=GROUP, comment=COMMENT, nickname="张三")
    await peer.request(50005000, flag="78", group=GROUP, sub_type="invite")
    async with running(await forward(peer, clock)) as heard:
        await heard.until(lambda: joins(heard))
        missed = joins(heard)[0]
        assert (missed.account, missed.name, missed.comment) == (
            "onebot:40004000", "张三", "张三 字节",
        )  # fmt: skip
        await heard.until(lambda: isinstance(heard.updates[-1], BotInvited))

        await clock.hold_from(0)  # not before the test says so
        await peer.hang_up()
        await clock.until(lambda: clock.sleeping)
        await peer.request(60006000, flag="79", group=GROUP, comment="李四")
        await clock.hold_from(100)
        await heard.until(lambda: len(joins(heard)) == 3)
    # Nobody has answered the first one: it comes again, and its key tells.
    assert [one.flag for one in joins(heard)] == [FLAG, FLAG, "79"]
    assert joins(heard)[0].key == joins(heard)[1].key


async def test_a_request_that_nobody_wanted_to_answer(peer: Peer) -> None:
    old = int((NOW - timedelta(days=31)).timestamp())
    await peer.request(40004000, flag=f"{old}151114", group=GROUP, comment="很久以前")
    await peer.request(50005000, flag="12", group=GROUP, comment="不知何时")
    async with running(await forward(peer, HeldClock())) as heard:
        await heard.until(lambda: joins(heard))
    assert [one.comment for one in joins(heard)] == ["不知何时"]


async def test_the_event_and_the_list_say_the_same(peer: Peer) -> None:
    async with running(await forward(peer, HeldClock())) as heard:
        await heard.until(lambda: heard.updates)
        await peer.request(40004000, flag=FLAG, group=GROUP, comment=COMMENT)
        await heard.until(lambda: joins(heard))
        await peer.hang_up()
        await heard.until(lambda: len(joins(heard)) == 2)
    event, listed = joins(heard)
    assert event.model_copy(update={"name": "新人", "time": listed.time}) == listed


@pytest.mark.parametrize(
    "reply",
    [
        failed(1404, "不支持的API"),
        failed(1200, "超时"),
        ok(None),
        ok([1]),
        ok({"join_requests": None, "invited_requests": "x"}),
        ok({"join_requests": [None, 3, {"checked": False}, {"checked": True}, {}]}),
        SILENCE,
    ],
)
async def test_no_list_of_requests_costs_nothing(peer: Peer, reply: Reply) -> None:
    peer.answer("get_group_system_msg", reply)
    async with running(await forward(peer, HeldClock(), patience=BRIEF)) as heard:
        await peer.asked("get_group_system_msg")
        await peer.say(20002000, "早", group=GROUP)
        await heard.says("早")
    assert joins(heard) == []


async def test_other_implementations_list_the_applicant_under_another_name(peer: Peer) -> None:
    row = {"request_id": "12", "requester_uin": 40004000, "requester_nick": "张三"}
    row |= {"group_id": GROUP, "message": "你好", "checked": False, "actor": 0}
    peer.answer("get_group_system_msg", ok({"join_requests": [row], "invited_requests": None}))
    async with running(await forward(peer, HeldClock())) as heard:
        await heard.until(lambda: joins(heard))
    assert (joins(heard)[0].account, joins(heard)[0].flag) == ("onebot:40004000", "12")


async def test_the_list_of_llonebot_gives_only_a_part_of_the_flag(peer: Peer) -> None:
    row = {"request_id": int(FLAG), "requester_uin": 40004000, "requester_nick": "张三"}
    row |= {"group_id": GROUP, "message": COMMENT, "checked": False, "actor": 0}
    async with running(await forward(peer, HeldClock())) as heard:
        await heard.until(lambda: heard.updates)
        await peer.request(40004000, flag=f"{GROUP}|{FLAG}|7|0", group=GROUP, comment=COMMENT)
        await heard.until(lambda: joins(heard))
        peer.answer("get_group_system_msg", ok({"join_requests": [row], "invited_requests": []}))
        await peer.hang_up()
        await heard.until(lambda: len(joins(heard)) == 2)
    event, listed = joins(heard)
    assert event.key == listed.key  # the one that came first, with all of the flag, is kept
    assert event.flag == f"{GROUP}|{FLAG}|7|0"


@pytest.mark.parametrize("sub_type", ["add", "invite"])
def test_the_flag_and_the_part_of_it_that_is_listed_are_one_request(sub_type: str) -> None:
    event = payloads.request(
        own=10001000, user=40004000, flag=FLAG, time=1763600000, group=GROUP, sub_type=sub_type
    )
    whole, part = (
        decode({**event, "flag": flag}, Seats()) for flag in (f"{GROUP}|{FLAG}|7|0", FLAG)
    )
    assert whole is not None
    assert part is not None
    assert whole.key == part.key


@pytest.mark.parametrize("changes", [{"flag": ""}, {"flag": None}, {"flag": "x" * 200},
                                     {"user_id": 10001000}, {"user_id": 0},
                                     {"group_id": None}, {"request_type": "channel"}])  # fmt: skip
def test_requests_that_nobody_could_answer(changes: dict[str, object]) -> None:
    event = payloads.request(own=10001000, user=40004000, flag=FLAG, time=1763600000, group=GROUP)
    assert decode(event, Seats()) is not None
    assert decode({**event, **changes}, Seats()) is None


async def test_nothing_of_an_applicant_is_logged(
    peer: Peer, heard: Heard, logged: list[str]
) -> None:
    await peer.request(40004000, flag=FLAG, group=GROUP, comment=COMMENT, nickname="张三")
    await heard.until(lambda: joins(heard))
    assert not [line for line in logged if "张三" in line or "40004000" in line or "字节" in line]
