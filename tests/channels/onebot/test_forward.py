"""The bot dials the implementation, and dials again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from bot.channels.backoff import Backoff
from bot.channels.onebot import OneBot
from bot.errors import StartError
from community.actions import Mention, Send, Text
from community.updates import Update
from tests.channels.hearing import running
from tests.channels.onebot.bench import GROUP, TOKEN, HeldClock, words
from tests.onebot_peer import Peer, ok

pytestmark = pytest.mark.anyio


async def ignored(_update: Update) -> None:
    """A door for what nobody wants."""


@asynccontextmanager
async def refusing(status: int) -> AsyncIterator[str]:
    """The address of a server that refuses every handshake."""

    def refuse(connection: ServerConnection, _request: Request) -> Response:
        return connection.respond(HTTPStatus(status), "")

    async def never(_connection: ServerConnection) -> None:
        """Nobody gets here."""

    async with serve(never, "127.0.0.1", 0, process_request=refuse) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}"


async def test_a_message_comes_in_and_an_answer_goes_out(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock())
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        said = await peer.say(20002000, "#need 合伙人", group=GROUP, card="张三")
        message = await heard.message()
        assert (message.group, message.text) == ("onebot:123456", "#need 合伙人")
        assert message.channel == "onebot:10001000"
        assert message.sender.shown == "张三"

        answer = Send(
            group=message.group,
            segments=(Mention(account="onebot:20002000", name="张三"), Text(text="收到 #1")),
            quote=message.message_id,
        )
        sent = await channel.perform(answer)
    assert (sent.state, sent.message_id) == ("sent", str(peer.stock.next_id))
    request = peer.calls("send_group_msg")[0]
    assert request.params == {
        "group_id": GROUP,
        "message": [
            {"type": "reply", "data": {"id": str(said)}},
            {"type": "at", "data": {"qq": "20002000"}},
            {"type": "text", "data": {"text": " 收到 #1"}},
        ],
    }


async def test_cq_codes_on_the_wire_say_the_same() -> None:
    peer = Peer(cq=True)
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock())
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, "#need [a] & b", group=GROUP)
        assert (await heard.message()).text == "#need [a] & b"
    await peer.close()


async def test_frames_that_are_garbage_cost_nothing(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock())
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        for frame in (
            "{",
            "",
            "null",
            "[" * 100_000,
            '{"post_type": 3, "self_id": {}}',
            '{"post_type": "message", "time": 1e400, "self_id": 1}',
            '{"echo": "77", "status": []}',
            '{"echo": {"a": 1}}',
            '{"post_type":"message","message_type":"group","message":[{"data":7},[]],"time":1}',
            b"\xff\xfe binary",
            "9" * 5000,
        ):
            await peer.send_raw(frame)
        await peer.say(20002000, "#need 合伙人", group=GROUP)
        assert (await heard.message()).text == "#need 合伙人"
        assert peer.dials == 1


async def test_events_are_fed_in_order(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock())
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        for number in range(200):
            await peer.say(20002000, f"第 {number} 句", group=GROUP)
        await heard.message(200)
    assert heard.texts == [f"第 {number} 句" for number in range(200)]


async def test_what_came_before_a_hang_up_is_still_fed(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock())
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        for number in range(50):
            await peer.say(20002000, f"第 {number} 句", group=GROUP)
        await peer.hang_up()
        await heard.message(50)


async def test_dials_again_after_a_hang_up(peer: Peer, logged: list[str]) -> None:
    clock = HeldClock()
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=clock)
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, "一", group=GROUP)
        await heard.message()
        await peer.hang_up()
        await peer.until(lambda: peer.dials == 2 and peer.connected)
        await peer.say(20002000, "二", group=GROUP)
        await heard.message(2)
    assert heard.texts == ["一", "二"]
    assert len([line for line in logged if "断开" in line]) == 1


async def test_another_account_takes_the_place_of_one_that_is_gone(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock())
    async with running(channel) as heard:
        await peer.asked("get_group_list")
        await peer.say(20002000, "在吗")
        await heard.message()
        peer.answer("get_login_info", ok({"user_id": 10002000, "nickname": "替补"}))
        await peer.hang_up()
        await peer.until(lambda: peer.dials == 2 and peer.connected)
        await peer.asked("get_group_list", count=2)
        back = Send(account="onebot:20002000", segments=(Text(text="我换号了"),))
        assert channel.reaches("onebot:20002000") is not False
        for send in (words("我换号了"), back):
            assert (await channel.perform(send)).state == "sent"


async def test_waits_longer_and_longer_while_nobody_answers(peer: Peer, logged: list[str]) -> None:
    url = await peer.listen()
    await peer.close()
    clock = HeldClock()
    channel = OneBot(
        access_token=TOKEN,
        url=f"{url}?access_token=verysecret",
        clock=clock,
        backoff=Backoff(clock, jitter=lambda longest: longest),
    )
    async with running(channel):
        await clock.until(lambda: len(clock.slept) >= 9)
    assert clock.slept[:9] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert len(logged) == 1
    assert "verysecret" not in logged[0]
    assert "端口上没有服务" in logged[0]


def test_a_connection_that_held_starts_the_delays_afresh() -> None:
    clock = HeldClock()
    backoff = Backoff(clock, jitter=lambda longest: longest)
    assert [backoff.next() for _ in range(3)] == [1, 2, 4]
    backoff.connected()
    clock.advance(timedelta(seconds=5))
    assert backoff.next() == 8
    backoff.connected()
    clock.advance(timedelta(minutes=5))
    assert [backoff.next() for _ in range(2)] == [1, 2]


def test_delays_lie_anywhere_below_the_longest() -> None:
    delays = [Backoff(HeldClock()).next() for _ in range(200)]
    assert all(0 <= delay <= 1 for delay in delays)
    assert min(delays) < 0.2
    assert max(delays) > 0.8


async def test_a_token_that_never_worked_ends_the_start(peer: Peer) -> None:
    channel = OneBot(access_token="wrong", url=await peer.listen(), clock=HeldClock())
    with pytest.raises(StartError, match="access_token"):
        await channel.run(ignored)


async def test_a_token_that_is_refused_later_is_said_once_and_retried_slowly(
    peer: Peer, logged: list[str]
) -> None:
    clock = HeldClock()
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), clock=clock)
    async with running(channel):
        await peer.until(lambda: peer.connected)
        peer.token = "changed"
        await peer.hang_up()
        await peer.until(lambda: peer.dials >= 4)
        assert (await channel.perform(words("收到"))).state == "offline"
        peer.token = TOKEN
        await peer.until(lambda: peer.connected)
    assert clock.slept.count(60) >= 2
    errors = [line for line in logged if line.startswith("ERROR")]
    assert len(errors) == 1
    assert "access_token" in errors[0]


@pytest.mark.parametrize(("status", "complaint"), [(500, "HTTP 500"), (404, "HTTP 404")])
async def test_a_server_that_refuses_the_handshake(
    logged: list[str], status: int, complaint: str
) -> None:
    clock = HeldClock()
    async with refusing(status) as url:
        channel = OneBot(access_token=TOKEN, url=url, clock=clock)
        async with running(channel):
            await clock.until(lambda: len(clock.slept) >= 3)
    assert len(logged) == 1
    assert complaint in logged[0]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_server_that_refuses_the_token_in_the_handshake(status: int) -> None:
    async with refusing(status) as url:
        channel = OneBot(access_token="wrong", url=url, clock=HeldClock())
        with pytest.raises(StartError, match="access_token"):
            await channel.run(ignored)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"access_token": None}, "access_token"),
        ({"access_token": "密码"}, "access_token"),
        ({"access_token": "a", "url": "http://127.0.0.1:3001"}, "url"),
    ],
)
def test_settings_that_cannot_work(settings: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        OneBot(**settings)  # type: ignore[arg-type]
