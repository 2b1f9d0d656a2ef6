"""The implementation dials the bot's web server."""

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from bot.channels.onebot import OneBot
from tests.channels.hearing import running
from tests.channels.onebot.bench import GROUP, TOKEN, HeldClock, reverse, served, words
from tests.onebot_peer import Peer, ok

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("query", [False, True])
async def test_a_message_comes_in_and_an_answer_goes_out(peer: Peer, query: bool) -> None:
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url, query=query)
        await peer.say(20002000, "#need 合伙人", group=GROUP)
        assert (await heard.message()).channel == "onebot:10001000"
        assert (await channel.perform(words("收到"))).state == "sent"
        assert (await peer.heard())[0].text == "收到"


async def test_a_slash_at_the_end_of_the_address_does_no_harm(peer: Peer) -> None:
    channel = reverse()
    async with served(channel) as url, running(channel):
        await peer.dial(f"{url}/")
        await peer.asked("get_group_member_list")


async def test_strangers_stay_outside(peer: Peer, logged: list[str]) -> None:
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        for token in ("wrong", "", "密码"):
            peer.token = token
            with pytest.raises(InvalidStatus) as refused:
                await peer.dial(url, query=True)
            assert refused.value.response.status_code == 403
        peer.token = TOKEN
        await peer.dial(url)
        await peer.say(20002000, "早", group=GROUP)
        await heard.message()
    assert len([line for line in logged if line.startswith("ERROR")]) == 1
    assert not [line for line in logged if TOKEN in line or "wrong" in line]


async def test_without_a_token_browsers_stay_outside(peer: Peer) -> None:
    channel = reverse(token="")
    peer.token = ""
    async with served(channel) as url, running(channel):
        with pytest.raises(InvalidStatus):
            await connect(url, origin="http://evil.example", proxy=None)  # type: ignore[arg-type]
        await peer.dial(url)
        await peer.asked("get_group_member_list")


async def test_a_new_connection_takes_the_place_of_the_old(peer: Peer) -> None:
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        await peer.asked("get_group_list")
        await peer.dial(url)
        await peer.until(lambda: peer.connected == 1)
        await peer.say(20002000, "早", group=GROUP)
        await heard.message()
        assert (await channel.perform(words("收到"))).state == "sent"


async def test_an_account_that_is_not_logged_in_yet(peer: Peer, logged: list[str]) -> None:
    channel, number = reverse(), peer.number
    peer.number = 0
    peer.answer("get_login_info", ok({"user_id": 0, "nickname": ""}))
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        await peer.asked("get_login_info")
        peer.number = number
        await peer.say(20002000, "早", group=GROUP)
        assert (await heard.message()).channel == f"onebot:{number}"
    (line,) = [line for line in logged if "已连接" in line]
    assert "10…00" in line  # the first event that knows it tells it


async def test_separate_connections_for_calls_and_events(peer: Peer) -> None:
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url, role="Event")
        await peer.dial(url, role="API")
        await heard.until(lambda: heard.updates)  # the member list came
        await peer.say(20002000, "早", group=GROUP)
        await heard.message()
        assert (await channel.perform(words("收到"))).state == "sent"


async def test_events_alone_are_fed_though_nothing_can_be_said(
    peer: Peer, logged: list[str]
) -> None:
    channel = OneBot(access_token=TOKEN, clock=HeldClock(), timeout=0.1)
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url, role="Event")
        await peer.say(20002000, "早", group=GROUP)
        await heard.message()
        assert (await channel.perform(words("收到"))).state == "offline"
    assert len([line for line in logged if "没有 API 连接" in line]) == 1


async def test_whoever_dials_before_the_channel_runs_may_come_again(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, clock=HeldClock(), timeout=0.1)
    async with served(channel) as url:
        with pytest.raises(InvalidStatus):
            await peer.dial(url)
        async with running(channel) as heard:
            await peer.dial(url)
            await peer.say(20002000, "早", group=GROUP)
            await heard.message()


async def test_a_hang_up_and_a_new_call(peer: Peer) -> None:
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        for number in range(3):
            await peer.dial(url)
            await peer.say(20002000, f"第 {number} 次", group=GROUP)
            await heard.says(f"第 {number} 次")
            await peer.hang_up()


async def test_stopping_ends_the_connections(peer: Peer) -> None:
    channel = reverse()
    async with served(channel) as url:
        async with running(channel):
            await peer.dial(url)
            await peer.asked("get_group_list")
        await peer.until(lambda: peer.connected == 0)
        assert (await channel.perform(words("收到"))).state == "offline"
