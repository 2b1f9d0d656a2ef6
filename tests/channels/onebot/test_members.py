"""Member lists, and the names behind an @."""

from datetime import timedelta

import pytest

from bot.channels.onebot import OneBot
from community.updates import MemberLeft, Seat, SeatsChanged
from tests.channels.hearing import Heard, running
from tests.channels.onebot.bench import BRIEF, GROUP, ROOM, TOKEN, HeldClock, words
from tests.onebot_peer import SILENCE, Peer, Reply, failed, ok
from tests.onebot_peer.payloads import at, text

pytestmark = pytest.mark.anyio

LIST = "get_group_member_list"


async def forward(peer: Peer, clock: HeldClock, *groups: str) -> OneBot:
    """A channel that dials the peer."""
    return OneBot(
        access_token=TOKEN,
        url=await peer.listen(),
        groups=groups or [f"onebot:{GROUP}", "wechaty:别的渠道"],
        clock=clock,
    )


def changes(heard: Heard) -> list[SeatsChanged]:
    """What was told of the members."""
    return [update for update in heard.updates if isinstance(update, SeatsChanged)]


async def test_the_list_comes_after_the_connect_and_then_only_what_changed(peer: Peer) -> None:
    clock = HeldClock()
    async with running(await forward(peer, clock)) as heard:
        await heard.until(lambda: changes(heard))
        first = changes(heard)[0]
        assert first.complete
        assert first.group == f"onebot:{GROUP}"
        assert first.seats == (
            Seat(account="onebot:20002000", name="小明", card="张三"),
            Seat(account="onebot:30003000", name="小红"),
        )

        await clock.end()  # ten minutes later: the same
        await peer.asked(LIST, count=2)
        clock.advance(timedelta(minutes=10))
        peer.stock.members[GROUP].pop()
        peer.stock.members[GROUP][1]["card"] = "张三-某公司"
        peer.seat(GROUP, 40004000, "小王")
        await clock.end()
        await heard.until(lambda: len(changes(heard)) == 2)
        second = changes(heard)[1]
        assert not second.complete
        assert {seat.account: seat.card for seat in second.seats} == {
            "onebot:20002000": "张三-某公司",
            "onebot:40004000": "",
        }
        assert second.left == ("onebot:30003000",)
        assert second.key != first.key
    assert {600} == set(clock.slept)
    assert [request.params["group_id"] for request in peer.calls(LIST)] == [GROUP] * 3


@pytest.mark.parametrize("reply", [ok([]), ok(None), ok({"a": 1}), failed(1200, "超时")])
async def test_no_list_does_not_mean_that_all_have_left(
    peer: Peer, reply: dict[str, object]
) -> None:
    clock = HeldClock()
    async with running(await forward(peer, clock)) as heard:
        await heard.until(lambda: changes(heard))
        peer.answer(LIST, reply)
        await clock.end()
        await peer.asked(LIST, count=2)
        await clock.until(lambda: clock.sleeping)
        assert len(changes(heard)) == 1


async def test_a_known_name_stands_behind_an_at(peer: Peer) -> None:
    async with running(await forward(peer, HeldClock())) as heard:
        await heard.until(lambda: changes(heard))
        segments = [text("#done 12 "), at(20002000), text(" "), at(30003000), at(50005000)]
        await peer.say(20002000, segments, group=GROUP)
        message = await heard.message()
        assert message.text == "#done 12 @张三 @小红 @50005000"
        assert [mention.name for mention in message.mentions] == ["张三", "小红", "50005000"]

        await peer.notify("group_card", group_id=GROUP, user_id=20002000, card_new="张三三")
        await peer.notify("group_decrease", group_id=GROUP, user_id=30003000, sub_type="leave")
        await peer.say(20002000, [at(20002000), at(30003000)], group=GROUP)
        assert (await heard.message(2)).text == "@张三三 @30003000"
    card = changes(heard)[1]
    assert card.seats == (Seat(account="onebot:20002000", name="小明", card="张三三"),)
    assert [one.account for one in heard.updates if isinstance(one, MemberLeft)] == [
        "onebot:30003000"
    ]


async def test_a_group_that_the_account_is_not_in(peer: Peer, logged: list[str]) -> None:
    clock = HeldClock()
    async with running(await forward(peer, clock, "onebot:777")):
        await clock.end()
        await peer.asked("get_group_list", count=2)
        await clock.until(lambda: clock.sleeping)
    assert peer.calls(LIST) == []
    assert len([line for line in logged if "不在群" in line]) == 1


async def test_a_group_that_is_not_there_is_no_loss_of_qq(peer: Peer) -> None:
    clock, other = HeldClock(), "onebot:404404"
    peer.answer("get_group_list", failed(1404))  # it may be in any group
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), groups=[other], clock=clock)
    async with running(channel):
        await peer.asked(LIST)
        await clock.until(lambda: clock.sleeping)
        assert channel.connected


@pytest.mark.parametrize("nothing", [failed(1200, "Timeout"), SILENCE])
async def test_who_gets_no_member_list_any_more_has_lost_qq(peer: Peer, nothing: Reply) -> None:
    clock = HeldClock()
    channel = OneBot(
        access_token=TOKEN, url=await peer.listen(), groups=[f"onebot:{GROUP}"], clock=clock,
        timeout=BRIEF,
    )  # fmt: skip
    async with running(channel) as heard:
        await heard.until(lambda: changes(heard))
        states: list[bool] = []
        for answer in (ok([]), nothing, failed(100, "不让看"), nothing):
            peer.answer(LIST, answer)
            await clock.end()
            await peer.asked(LIST, count=len(states) + 2)
            await clock.until(lambda: clock.sleeping)
            states.append(channel.connected)
        assert states == [True, False, True, False]


async def test_the_members_of_a_group_that_the_account_comes_into(peer: Peer) -> None:
    clock, seats = HeldClock(), peer.stock.members.pop(GROUP)
    peer.seat(777, 20002000, "小明")
    async with running(await forward(peer, clock)) as heard:
        await clock.until(lambda: clock.sleeping)
        assert not changes(heard)
        peer.stock.members[GROUP] = seats
        peer.answer("get_group_list", ok([{"group_id": 777}]))  # it is slow to know
        await peer.notify("group_increase", group_id=GROUP, user_id=peer.number)
        await heard.until(lambda: changes(heard))  # nobody waits for ten minutes
    assert len(changes(heard)[0].seats) == 2


@pytest.mark.parametrize("reconnects", [False, True])
async def test_a_group_that_the_account_came_into_and_left_unheard(
    peer: Peer, reconnects: bool
) -> None:
    clock = HeldClock()
    peer.seat(777, 20002000, "小明")
    peer.answer("get_group_list", ok([{"group_id": 777}]))  # it is slow to know
    channel = await forward(peer, clock)
    async with running(channel) as heard:
        await clock.until(lambda: clock.sleeping)
        await peer.notify("group_increase", group_id=GROUP, user_id=peer.number)
        await heard.until(lambda: changes(heard))
        assert channel.reaches(ROOM)
        if reconnects:
            await peer.hang_up()
        else:
            peer.answer("get_group_list", ok([{"group_id": 777}, {"group_id": GROUP}]))
            await clock.end()
            await peer.asked("get_group_list", count=3)
            await clock.until(lambda: clock.sleeping)
            peer.answer("get_group_list", ok([{"group_id": 777}]))
            await clock.end()
        await peer.asked("get_group_list", count=3 if reconnects else 4)
        await clock.until(lambda: clock.sleeping)
        assert not channel.reaches(ROOM)


@pytest.mark.parametrize("listed", [False, True])
async def test_whom_it_concerns_that_a_whole_group_is_muted(peer: Peer, listed: bool) -> None:
    clock, own = HeldClock(), {"group_id": GROUP, "user_id": peer.number}
    peer.stock.members[GROUP][0]["role"] = "member"
    channel = await forward(peer, clock)

    async def mute(muted: bool) -> None:
        if listed:
            row = {"group_id": GROUP, "group_all_shut": -1 if muted else 0}
            peer.answer("get_group_list", ok([row]))
            await clock.end()
            await peer.asked(LIST, count=len(peer.calls(LIST)) + 1)
            await clock.until(lambda: clock.sleeping)
        else:
            kind = ("ban", -1) if muted else ("lift_ban", 0)
            about = {"group_id": GROUP, "user_id": 0, "operator_id": 1}
            await peer.notify("group_ban", sub_type=kind[0], duration=kind[1], **about)

    async def state() -> str:
        word = f"第 {len(heard.texts)} 句"
        await peer.say(20002000, word, group=GROUP)
        await heard.says(word)
        return (await channel.perform(words("收到"))).state

    async with running(channel) as heard:
        await clock.until(lambda: clock.sleeping)
        await mute(True)
        assert await state() == "offline"
        await peer.notify("group_admin", sub_type="set", **own)
        assert await state() == "sent"
        await peer.notify("group_admin", sub_type="unset", **own)
        assert await state() == "offline"
        await mute(False)
        assert await state() == "sent"


@pytest.mark.parametrize(
    ("lasts", "waits"), [(600, 60.0), ("30", 30.0), (0, 0.0), (-1, 0.0), ("?", 0.0), (10**18, 60.0)]
)
async def test_whoever_is_muted_keeps_what_he_wants_to_say(
    peer: Peer, lasts: object, waits: float
) -> None:
    clock = HeldClock()
    channel = await forward(peer, clock)
    mute = {"sub_type": "ban", "group_id": GROUP, "user_id": peer.number, "operator_id": 1}
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        await peer.notify("group_ban", **{**mute, "user_id": 0}, duration=-1)  # all but admins
        await peer.notify("group_ban", **{**mute, "user_id": 20002000}, duration=600)
        await peer.notify("group_ban", **mute, duration=lasts)
        await peer.say(20002000, "禁言了", group=GROUP)
        await heard.says("禁言了")
        sent = await channel.perform(words("收到"))
        assert (sent.state, sent.retry_after) == ("offline" if waits else "sent", waits)
        clock.advance(timedelta(days=30))
        assert (await channel.perform(words("收到"))).state == "sent"
