"""Gateways that die, come back, say odd things or are no gateways of ours."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.backoff import Backoff
from bot.channels.wechaty.channel import Wechaty
from bot.clock import SystemClock
from bot.finding import Finding
from community.actions import Send, Text
from tests.channels.hearing import Heard, running
from tests.channels.wechaty.bench import GROUP, QUICK, ROOM, Log, channel_to
from tests.channels.wechaty.conftest import NewGateway
from tests.e2e.gateway import TOKEN, Gateway

WORDS = Send(group=GROUP, segments=(Text(text="喂"),))

pytestmark = [pytest.mark.anyio, pytest.mark.gateway]

ODD: list[tuple[str, dict[str, Any]]] = [
    ("error", {"gerror": "{}"}),
    ("logout", {}),
    ("room-join", {"inviteeIdList": ["zhang"], "roomId": ROOM}),
    ("room-join", {"inviteeIdList": None, "roomId": None}),
    ("room-leave", {"removeeIdList": "zhang"}),
    ("room-topic", {}),
    ("friendship", {"friendshipId": "unknown"}),
    ("room-invite", {}),
    ("scan", {"status": 99}),
    ("heartbeat", {}),
    ("dong", {"data": {"odd": True}}),
    ("ready", {}),
    ("message", {"messageId": "unknown"}),
    ("post", {"postId": "1"}),
]


async def answers(gateway: Gateway, channel: Wechaty, heard: Heard, text: str) -> None:
    """Somebody says it, the bot hears it and can answer."""
    await gateway.says("zhang", text, room=ROOM)
    await heard.says(text)
    count = len(gateway.sent)
    sent = await channel.perform(Send(group=GROUP, segments=(Text(text=text),)))
    assert sent.state == "sent"
    assert [said.text for said in await gateway.heard(count + 1)][count:] == [text]


async def test_killed_and_odd(new_gateway: NewGateway, log: Log) -> None:
    gateway = await new_gateway()
    address = replace(QUICK, timeout=3.0, ping_interval=0.01)
    channel = channel_to(gateway, backoff=_quick(), address=address)
    async with running(channel) as heard:
        await log.says("已登录")
        await answers(gateway, channel, heard, "开头")
        for name, payload in ODD:
            if name != "logout":
                await gateway.emit(name, **payload)
        await answers(gateway, channel, heard, "怪事之后")

        # It dies as soon as it has announced the message: what was announced is not lost.
        await gateway.command("stall")
        last = await gateway.says("zhang", "临终", room=ROOM)
        await gateway.until(lambda: {"did": "stall", "id": last} in gateway.done)
        await gateway.kill()
        await log.says("断开")
        assert (await channel.perform(WORDS)).state == "offline"
        await gateway.start()
        await heard.says("临终")
        await answers(gateway, channel, heard, "回来之后")

        # It dies while it owes an answer to whoever pings it.
        gateway.freeze()
        assert (await channel.perform(WORDS)).state == "unknown"
        await gateway.kill()
        await log.says("断开", 2)
        await gateway.start()
        await log.says("已登录", 3)
        await answers(gateway, channel, heard, "欠着回应之后")

        # The connection goes, the process stays.
        await gateway.command("hang_up")
        await log.says("断开", 3)
        await gateway.command("listen")
        await log.says("已登录", 4)
        await answers(gateway, channel, heard, "断线之后")

        await gateway.emit("logout", contactId="wxid_bot", data="")
        await log.says("已退出登录")
        assert (await channel.perform(WORDS)).state == "offline"
    assert len(heard.texts) == len(set(heard.texts))
    states = ["正在连接", *["已登录", "断开"] * 3, "已登录", "已退出登录"]
    for line, state in zip(log.lines, states, strict=True):
        assert state in line


async def test_frozen(new_gateway: NewGateway, log: Log) -> None:
    gateway = await new_gateway()
    address = replace(QUICK, ping_interval=0.2, silence_timeout=3.0)
    channel = channel_to(gateway, backoff=_quick(), address=address)
    async with running(channel) as heard:
        await log.says("已登录")
        gateway.freeze()
        await log.says("没有动静")
        gateway.thaw()
        await log.says("已登录", 2)
        await answers(gateway, channel, heard, "冻住之后")


def _quick() -> Backoff:
    return Backoff(SystemClock(), jitter=lambda _longest: 0.3)


async def refused(gateway: Gateway, log: Log, words: str, token: str = TOKEN) -> list[Finding]:
    """What doctor says, after the log has said it once."""
    channel = channel_to(gateway, address=replace(QUICK, timeout=2.0, token=token))
    async with running(channel):
        await log.says(words)
    log.line(words)
    return [found for found in await channel.check() if not found.ok]


async def test_a_wrong_token(new_gateway: NewGateway, log: Log) -> None:
    found = await refused(await new_gateway(), log, "不接受这个 token", token="insecure_wrong")
    fix = "请与启动网关时设的 token 核对"
    assert found == [Finding(ok=False, text="微信：网关不接受这个 token", fix=fix)]


async def test_a_gateway_with_tls(new_gateway: NewGateway, log: Log) -> None:
    found = await refused(await new_gateway(tls=True), log, "网关要求 TLS")
    [health] = found
    assert "WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER=true" in health.fix


async def test_another_program() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    gateway = Gateway()
    async with await asyncio.start_server(hang_up, "127.0.0.1", gateway.port):
        [health] = await channel_to(gateway).check()
    assert "wechaty-puppet-service 0.25.x 或 1.x" in health.fix


async def test_a_closed_port(log: Log) -> None:
    gateway = Gateway()
    [health] = await refused(gateway, log, "端口上没有服务")
    assert health.text == f"微信：连不上网关 {gateway.endpoint}（端口上没有服务）"


async def test_doctor_finds_everything_well(new_gateway: NewGateway) -> None:
    gateway = await new_gateway()
    channel = channel_to(gateway, groups=("wechaty:老友记一群", GROUP, "wechaty:没有的群"))
    found = await channel.check()
    assert [(one.ok, one.text) for one in found] == [
        (
            True,
            f"微信：网关 {gateway.endpoint} 可用，属于 1.x 一代（1.19.4<1.20.2>），token 已被接受",
        ),
        (True, "微信：登录账号是 老友（wx…ot），在 1 个群里"),
        (True, f"微信：群「老友记一群」是 {ROOM}"),
        (True, f"微信：群 {ROOM}（老友记一群）"),
        (False, "微信：登录账号不在群「没有的群」里"),
    ]
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        busy = await channel.check()
        assert busy[-1].text == "微信：已有一个程序连着这个网关，登录账号未知"
        await gateway.says("zhang", "还在听吗", room=ROOM)
        await heard.says("还在听吗")


async def test_waiting_for_a_scan(new_gateway: NewGateway, log: Log) -> None:
    gateway = await new_gateway(login=False)
    channel = channel_to(gateway)
    async with running(channel):
        await gateway.until(lambda: True)
        await log.says("正在连接")
        while not any("扫码" in line for line in log.lines):
            await gateway.emit("scan", status=2, qrcode="https://login.weixin.qq.com/l/abc")
            await asyncio.wait([asyncio.create_task(log.says("扫码"))], timeout=0.5)
        assert "▄" in log.line("扫码")
        await gateway.command("login", account="wxid_bot")
        await log.says("已登录")
