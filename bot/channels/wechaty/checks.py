"""The checks of ``laoyou doctor`` on WeChat. They take nobody's events away."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.channels.untrusted import Fields, as_fields, as_text
from bot.channels.wechaty.directory import topics_of
from bot.channels.wechaty.link import Address, Link, opened
from bot.channels.wechaty.rooms import named
from bot.channels.wechaty.status_log import REASONS
from bot.channels.wechaty.supervisor import probe
from bot.channels.wechaty.values import as_id, as_ids, as_name
from bot.finding import Finding
from bot.logs import masked

_START = "启动网关，端口与 config.yaml 的 endpoint 一致（见 docs/wechat.md）"
_LOGIN = 5.0  # seconds for the gateway to say who is logged in
_NEWS = ("login", "scan", "busy")


async def check(address: Address, groups: Sequence[str]) -> list[Finding]:
    """Connect, and look at the account and its rooms."""
    if silence := await probe(address.endpoint):
        return [_unreachable(address.endpoint, silence)]
    async with opened(replace(address, takes_over=False)) as link:
        reading = asyncio.create_task(link.read())
        try:
            heard = await _heard(link)
            if "connected" not in heard:
                return [_ended(address.endpoint, await reading)]
            return [_gateway(address, heard["connected"]), *await _look(link, heard, groups)]
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _heard(link: Link) -> Mapping[str, Fields]:
    """The events up to the one that tells of a login."""
    heard: dict[str, Fields] = {}
    try:
        while (event := await _next(link, heard)) is not None:
            heard[str(event.get("event"))] = as_fields(event.get("data"))
            if any(name in heard for name in _NEWS):
                break
    except TimeoutError:
        return heard
    return heard


async def _next(link: Link, heard: Collection[str]) -> Fields | None:
    # The child itself sees to it that the first word comes in time.
    async with asyncio.timeout(_LOGIN if heard else None):
        return await link.events.get()


def _unreachable(endpoint: str, reason: str) -> Finding:
    return Finding(ok=False, text=f"微信：连不上网关 {endpoint}（{reason}）", fix=_START)


def _ended(endpoint: str, last: Fields) -> Finding:
    why = str(last.get("ended"))
    if why in REASONS:
        return Finding.wrong(REASONS[why], about="微信：")
    if why == "broken":
        text = f"微信：连接进程出错（{as_text(last.get('detail'))[:200]}）"
        return Finding(ok=False, text=text, fix="重新安装：make clean setup")
    return _unreachable(endpoint, "没有响应")


def _gateway(address: Address, connected: Fields) -> Finding:
    kind, version = as_text(connected.get("generation")), as_text(connected.get("version"))
    text = f"微信：网关 {address.endpoint} 可用，属于 {kind} 一代（{version}）"
    if kind == "0.x":
        fix = "这一代里较早的版本不核对 token，只能放在本机或专用网络里"
        return Finding(ok=True, text=text, fix=fix)
    return Finding(ok=True, text=f"{text}，token 已被接受")


async def _look(link: Link, heard: Mapping[str, Fields], groups: Sequence[str]) -> list[Finding]:
    if "busy" in heard:
        fix = "如果不是正在运行的老友，请把它停掉：一个网关只能连一个机器人"
        return [Finding(ok=True, text="微信：已有一个程序连着这个网关，登录账号未知", fix=fix)]
    if "login" not in heard:
        fix = "到网关扫码登录；运行 laoyou run 时终端里也会画出二维码"
        return [Finding(ok=False, text="微信：网关上没有登录的账号", fix=fix)]
    own = as_id(heard["login"].get("contactId"))
    name = as_name(as_fields((await link.call("contact", id=own)).data).get("name")) or "未命名"
    listed = as_ids((await link.call("rooms")).data)
    text = f"微信：登录账号是 {name}（{masked(own)}），在 {len(listed)} 个群里"
    topics = await topics_of(link, listed)
    return [Finding(ok=True, text=text), *(_group(named(group), topics) for group in groups)]


def _group(name: str, topics: Mapping[str, str]) -> Finding:
    found = [room for room, topic in topics.items() if topic == name]
    if name in topics:
        return Finding(ok=True, text=f"微信：群 {name}（{topics[name]}）")
    match found:
        case [room]:
            return Finding(ok=True, text=f"微信：群「{name}」是 {room}")
        case []:
            fix = "把账号拉进群，或核对 config.yaml 里的群名；网页版协议要等群里有人说话才看得到"
            return Finding(ok=False, text=f"微信：登录账号不在群「{name}」里", fix=fix)
    text = f"微信：有几个群都叫「{name}」：{'、'.join(found)}"
    return Finding(ok=False, text=text, fix="在 config.yaml 里写群 id，例如 wechaty:" + found[0])
