"""What the bot does about people in a group: letting them in, setting cards, putting them out."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.base import Sent
from bot.channels.onebot import OneBot
from community.actions import AnswerRequest, Kick, SetCard
from community.updates import JoinRequested, MemberJoined, MemberLeft, Seat, SeatsChanged
from tests.channels.hearing import running
from tests.channels.onebot.bench import BRIEF, GROUP, ROOM, HeldClock, forward
from tests.onebot_peer import SILENCE, Peer, Reply, failed, ok

pytestmark = pytest.mark.anyio

FLAG = "1772438400151114"
CARD = SetCard(group=ROOM, account="onebot:30003000", card="李四-某公司-产品经理")


@pytest.fixture
async def channel(peer: Peer) -> AsyncIterator[OneBot]:
    """A channel that is connected."""
    channel = await forward(peer, HeldClock())
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        yield channel


@pytest.fixture
async def hasty(peer: Peer) -> AsyncIterator[OneBot]:
    """One that does not wait long for an answer."""
    channel = await forward(peer, HeldClock(), patience=BRIEF)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        yield channel


def answer(*, approve: bool, flag: str = FLAG, reason: str = "") -> AnswerRequest:
    """To somebody who asked to join the group."""
    return AnswerRequest(
        kind="join", group=ROOM, account="onebot:40004000", flag=flag, approve=approve,
        reason=reason,
    )  # fmt: skip


async def test_letting_somebody_in_is_seen_by_his_coming(peer: Peer) -> None:
    channel = await forward(peer, HeldClock())
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        await peer.request(40004000, flag=FLAG, group=GROUP, nickname="张三")
        await heard.until(lambda: isinstance(heard.updates[-1], JoinRequested))
        assert (await channel.perform(answer(approve=True))).state == "sent"
        await heard.until(lambda: isinstance(heard.updates[-1], MemberJoined))
        joined = heard.updates[-1]
        assert isinstance(joined, MemberJoined)
        assert joined.seat == Seat(
            account="onebot:40004000", name="张三"
        )  # asked for: no event tells
        assert joined.by == f"onebot:{peer.number}"
    params = peer.calls("set_group_add_request")[0].params
    assert (params["flag"], params["sub_type"], params["approve"]) == (FLAG, "add", True)


async def test_not_letting_somebody_in(peer: Peer, channel: OneBot) -> None:
    await peer.request(40004000, flag=FLAG, group=GROUP)
    sent = await channel.perform(answer(approve=False, reason="请写明姓名"))
    assert sent.state == "sent"
    params = peer.calls("set_group_add_request")[0].params
    assert (params["approve"], params["reason"]) == (False, "请写明姓名")


async def test_a_friend_and_an_invitation_are_answered(peer: Peer, channel: OneBot) -> None:
    await peer.request(40004000, flag="77")
    await peer.request(50005000, flag="78", group=GROUP, sub_type="invite")
    friend = AnswerRequest(kind="friend", account="onebot:40004000", flag="77", approve=True)
    invite = AnswerRequest(
        kind="invite", group="onebot:888", account="onebot:50005000", flag="78", approve=True
    )
    assert (await channel.perform(friend)).state == "sent"
    assert (await channel.perform(invite)).state == "sent"
    assert peer.calls("set_friend_add_request")[0].params == {"flag": "77", "approve": True}
    assert peer.calls("set_group_add_request")[0].params["sub_type"] == "invite"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (failed(1200, "No such request"), Sent("refused", detail="1200 No such request")),
        (failed(100), Sent("refused", detail="100")),
        (SILENCE, Sent("unknown", detail="没有等到回应")),
    ],
)
async def test_answers_that_fail(peer: Peer, hasty: OneBot, reply: Reply, expected: Sent) -> None:
    peer.answer("set_group_add_request", reply)
    assert await hasty.perform(answer(approve=True)) == expected


async def test_a_card_is_set_and_read_back(peer: Peer) -> None:
    channel = await forward(peer, HeldClock())
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        assert await channel.perform(CARD) == Sent("sent")
        await heard.until(lambda: len(heard.updates) == 2)
    asked = peer.calls("set_group_card", "get_group_member_info")
    assert asked[0].params == {"group_id": GROUP, "user_id": 30003000, "card": CARD.card}
    assert asked[1].params == {"group_id": GROUP, "user_id": 30003000, "no_cache": True}
    change = heard.updates[-1]
    assert isinstance(change, SeatsChanged)
    assert [seat.card for seat in change.seats] == [CARD.card]
    assert not change.complete


async def test_a_card_that_is_cut_counts_as_set(peer: Peer, channel: OneBot) -> None:
    peer.stock.card_limit = 8
    assert (await channel.perform(CARD)).state == "sent"
    peer.stock.card_limit = 2
    assert (await channel.perform(CARD)).state == "refused"


async def test_an_ok_alone_is_no_proof(peer: Peer, hasty: OneBot) -> None:
    peer.answer("set_group_card", ok())
    assert await hasty.perform(CARD) == Sent("refused", detail="群名片没有变")
    peer.answer("set_group_card", failed(1200, "设置群名片未生效"))
    assert await hasty.perform(CARD) == Sent("refused", detail="1200 设置群名片未生效")
    peer.answer("set_group_card", ok())
    peer.answer("get_group_member_info", SILENCE)
    assert (await hasty.perform(CARD)).state == "unknown"


async def test_a_failure_that_was_none(peer: Peer, channel: OneBot) -> None:
    assert (await channel.perform(CARD)).state == "sent"
    peer.answer("set_group_card", failed(1200, "设置群名片未生效"))
    assert (await channel.perform(CARD)).state == "sent"


async def test_somebody_whom_qq_does_not_know_yet(peer: Peer, channel: OneBot) -> None:
    tries: list[dict[str, object]] = []

    def slow(params: dict[str, object]) -> Reply:
        tries.append(params)
        if len(tries) == 1:
            return failed(1200, "成员不存在")
        return peer.stock.answer("set_group_card", params)

    peer.answer("set_group_card", slow)
    assert await channel.perform(CARD) == Sent("sent")
    assert len(tries) == 2


async def test_removing_somebody(peer: Peer) -> None:
    channel = await forward(peer, HeldClock())
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        kick = Kick(group=ROOM, account="onebot:30003000", for_good=True)
        assert (await channel.perform(kick)).state == "sent"
        await heard.until(lambda: isinstance(heard.updates[-1], MemberLeft))
        assert peer.calls("set_group_kick")[0].params["reject_add_request"] is True
        peer.stock.is_admin = False
        assert (await channel.perform(kick)).state == "refused"


@pytest.mark.parametrize(
    "action",
    [
        SetCard(group="wechaty:x", account="onebot:1", card="a"),
        Kick(group=ROOM, account="wechaty:1"),
    ],
)
async def test_actions_for_another_platform(channel: OneBot, action: SetCard | Kick) -> None:
    assert (await channel.perform(action)).state == "refused"
