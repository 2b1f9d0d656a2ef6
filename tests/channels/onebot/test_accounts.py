"""Several accounts of the bot: which of them hears, and which speaks."""

from datetime import timedelta

import pytest

from bot.channels.onebot import OneBot
from bot.channels.onebot.pool import AccountPool
from community.actions import AnswerRequest, Send, Text
from community.updates import Message, SeatsChanged
from tests.channels.hearing import running
from tests.channels.onebot.bench import (
    GROUP,
    ROOM,
    TOKEN,
    HeldClock,
    in_the_same_group,
    reverse,
    served,
    words,
)
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio


async def dial(url: str, *peers: Peer) -> None:
    """Each dials the bot, and is asked who sits with it, before the next one does."""
    for peer in peers:
        await peer.dial(url)
        await peer.asked("get_group_member_list")


async def test_each_group_is_spoken_to_by_the_account_that_is_in_it(peer: Peer) -> None:
    second = Peer(number=10002000)
    second.seat(777, 40004000, "小王")
    channel = OneBot(
        access_token=TOKEN, clock=HeldClock(), groups=[f"onebot:{GROUP}", "onebot:777"]
    )
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        await second.dial(url)
        await heard.until(lambda: len(heard.updates) == 2)  # both member lists
        await second.say(50005000, "你好")
        private = await heard.message()
        there = words("乙群").model_copy(update={"group": "onebot:777"})
        back = words("私聊").model_copy(update={"group": None, "account": private.sender.account})
        for send in (words("甲群"), there, back):
            assert (await channel.perform(send)).state == "sent"
        assert [request.text for request in peer.requests if request.text] == ["甲群"]
        assert [request.text for request in second.requests if request.text] == ["乙群", "私聊"]
        await second.close()
        await heard.until(lambda: second.connected == 0)
        assert (await channel.perform(words("甲群"))).state == "sent"
        assert (await channel.perform(there)).state == "offline"


async def test_a_group_is_spoken_to_by_the_account_that_is_there_now(peer: Peer) -> None:
    spare = in_the_same_group()
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        await heard.until(lambda: heard.updates)
        await peer.close()  # it is frozen, and never comes back
        await spare.dial(url)
        await spare.asked("get_group_member_list")
        assert (await channel.perform(words("我换号了"))).state == "sent"
        assert (await spare.heard())[0].text == "我换号了"
        await spare.close()


async def test_a_group_is_spoken_to_by_the_account_that_is_still_logged_in(peer: Peer) -> None:
    second = in_the_same_group()
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        await peer.notify("bot_offline", user_id=peer.number, tag="x", message="y")
        await peer.say(30003000, "私聊")
        await heard.says("私聊")
        assert (await channel.perform(words("我换号了"))).state == "sent"
        assert (await second.heard())[0].text == "我换号了"
        await second.close()


async def test_of_two_accounts_in_a_group_one_hears_what_is_said(peer: Peer) -> None:
    second = in_the_same_group()
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        await second.say(30003000, "#need 车", group=GROUP)
        await second.say(30003000, "私聊")
        await heard.says("私聊")
        await peer.say(30003000, "#need 车", group=GROUP)
        await peer.say(second.number, "收到 #1", group=GROUP)
        await peer.say(30003000, "以后", group=GROUP)
        await heard.says("以后")
        assert heard.texts == ["私聊", "#need 车", "以后"]
        await peer.close()  # it is frozen: the other one takes its place
        await heard.until(lambda: peer.connected == 0)
        await second.say(20002000, "换了号", group=GROUP)
        await heard.says("换了号")
        await second.close()


async def test_somebody_is_spoken_to_by_the_account_that_knows_him(peer: Peer) -> None:
    second = Peer(number=10002000)
    second.seat(777, 40004000, "小王")
    channel = OneBot(
        access_token=TOKEN, clock=HeldClock(), groups=[f"onebot:{GROUP}", "onebot:777"]
    )
    member, friend = "onebot:40004000", "onebot:50005000"
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        await second.dial(url)
        await heard.until(lambda: len(heard.updates) == 2)  # both member lists
        letter = Send(account=member, segments=(Text(text="有人合适"),))
        assert (await channel.perform(letter)).state == "sent"
        assert (await second.heard())[0].params["group_id"] == 777
        await second.request(50005000, flag="f1")
        await heard.until(lambda: len(heard.updates) == 3)
        yes = AnswerRequest(kind="friend", account=friend, flag="f1", approve=True)
        assert (await channel.perform(yes)).state == "sent"
        assert len(second.calls("set_friend_add_request")) == 1
        assert not peer.calls("set_friend_add_request", "send_private_msg")
        assert channel.reaches(friend) is True
        await second.close()


async def test_it_tells_where_its_accounts_can_speak(peer: Peer) -> None:
    peer.seat(GROUP, 20002000, "张三")
    channel = OneBot(
        access_token=TOKEN, clock=HeldClock(), groups=[f"onebot:{GROUP}", "onebot:999"]
    )
    async with served(channel) as url, running(channel) as heard:
        assert channel.reaches(f"onebot:{GROUP}") is False  # nobody is there yet
        await peer.dial(url)
        await heard.until(lambda: heard.updates)  # the list of the group's members
        assert channel.reaches(f"onebot:{GROUP}") is True
        assert channel.reaches("onebot:999") is False
        assert channel.reaches("onebot:20002000") is True  # a member
        assert channel.reaches("onebot:77007700") is None
        await peer.say(77007700, "你好")
        await heard.says("你好")
        assert channel.reaches("onebot:77007700") is True


async def test_our_own_accounts_are_nobody_who_comes_and_goes(peer: Peer) -> None:
    second = in_the_same_group()
    for one in (peer, second):
        one.stock.members[GROUP] = []
        one.seat(GROUP, peer.number, "助教")
        one.seat(GROUP, second.number, "备用")
        one.seat(GROUP, 30003000, "小红")
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        await peer.say(30003000, "两个都在", group=GROUP)
        await heard.says("两个都在")
        for one in (peer, second):
            other = second if one is peer else peer
            await one.notify("group_increase", group_id=GROUP, user_id=other.number)
            await one.notify("group_card", group_id=GROUP, user_id=other.number, card_new="备")
            await one.notify("group_decrease", group_id=GROUP, user_id=other.number)
            await one.say(other.number, "#need 自言自语")
        await peer.say(30003000, "以后", group=GROUP)
        await second.say(40004000, "私下")
        await heard.says("以后")
        await heard.says("私下")
        await second.close()
    [told] = [one for one in heard.updates if not isinstance(one, Message)]
    assert isinstance(told, SeatsChanged)
    assert told.complete
    assert sorted(heard.texts) == ["两个都在", "以后", "私下"]


async def test_an_account_that_connects_a_little_later_is_no_newcomer(peer: Peer) -> None:
    second, clock, pool = in_the_same_group(), HeldClock(), AccountPool()
    peer.seat(GROUP, second.number, "备用")
    await clock.hold_from(5)
    first_channel, second_channel = [
        OneBot(
            access_token=TOKEN, url=await one.listen(), groups=[ROOM], clock=clock,
            sole=False, pool=pool,
        )
        for one in (peer, second)
    ]  # fmt: skip
    async with running(first_channel) as heard:
        await peer.asked("get_group_list")
        async with running(second_channel):
            await second.asked("get_group_list")
            await clock.until(lambda: clock.sleeping >= 2)
            await clock.end()
            await heard.until(lambda: heard.updates)
    [told] = heard.updates
    assert isinstance(told, SeatsChanged)
    assert f"onebot:{second.number}" not in [seat.account for seat in told.seats]
    await second.close()


async def test_another_account_hears_the_group_that_one_was_put_out_of(peer: Peer) -> None:
    second = in_the_same_group()
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        await second.say(30003000, "由另一个号听", group=GROUP)
        fields = {"group_id": GROUP, "user_id": peer.number, "operator_id": 30003000}
        await peer.notify("group_decrease", sub_type="kick_me", **fields)
        await peer.say(30003000, "踢出了一个")
        await heard.says("踢出了一个")
        await second.say(30003000, "#need 车", group=GROUP)
        await heard.says("#need 车")
        assert (await channel.perform(words("收到 #1"))).state == "sent"
        assert len(await second.heard()) == 1

        await peer.notify("group_increase", sub_type="invite", **fields)
        await peer.say(20002000, "又请回来了", group=GROUP)
        await heard.says("又请回来了")
        assert heard.texts == ["踢出了一个", "#need 车", "又请回来了"]
        await second.close()


@pytest.mark.parametrize("lifted", [False, True])
async def test_another_account_steps_in_while_one_is_muted(peer: Peer, lifted: bool) -> None:
    second, clock = in_the_same_group(), HeldClock()
    channel = OneBot(access_token=TOKEN, clock=clock, groups=[ROOM])
    about = {"group_id": GROUP, "user_id": peer.number, "operator_id": 30003000}

    async def say_in_both(text: str, at: int) -> None:
        for one in (peer, second):
            await one.say(30003000, text, group=GROUP, at=at)
            await one.say(30003000, f"{text} {one.number}")
            await heard.says(f"{text} {one.number}")

    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        await peer.notify("group_ban", sub_type="ban", duration=600, **about)
        await say_in_both("禁言了", 1763600000)
        assert (await channel.perform(words("别的号来说"))).state == "sent"
        assert (await second.heard())[0].text == "别的号来说"
        if lifted:
            await peer.notify("group_ban", sub_type="lift_ban", duration=0, **about)
        else:
            clock.advance(timedelta(minutes=10))
        await say_in_both("解禁了", 1763600600)
        assert (await channel.perform(words("又是我"))).state == "sent"
        assert (await peer.heard())[0].text == "又是我"
        await second.close()
    by = [(one.text, one.channel) for one in heard.messages if one.group]
    assert by == [("禁言了", "onebot:10002000"), ("解禁了", "onebot:10001000")]


async def test_where_all_are_muted_what_there_is_to_say_waits(peer: Peer) -> None:
    second = in_the_same_group()
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        for one in (peer, second):
            about = {"group_id": GROUP, "user_id": one.number, "operator_id": 30003000}
            await one.notify("group_ban", sub_type="ban", duration=600, **about)
            await one.say(30003000, f"私聊 {one.number}")
            await heard.says(f"私聊 {one.number}")
        assert (await channel.perform(words("收到"))).state == "offline"
        await second.close()


async def test_what_one_has_dropped_is_taken_from_the_other_that_has_lost_its_place(
    peer: Peer,
) -> None:
    second = in_the_same_group()
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await dial(url, peer, second)
        await second.say(30003000, "#need 车", group=GROUP, at=1763600000)
        await second.say(30003000, "私聊")
        await heard.says("私聊")
        await peer.notify("bot_offline", user_id=peer.number, tag="x", message="y")
        await peer.say(30003000, "#need 车", group=GROUP, at=1763600000)
        await heard.says("#need 车")
        await second.say(30003000, "以后", group=GROUP)
        await heard.says("以后")
        await second.close()
    assert heard.texts == ["私聊", "#need 车", "以后"]
