"""The checks of ``laoyou doctor`` on QQ."""

import asyncio
from collections.abc import Collection, Sequence

from bot.channels.onebot.fields import as_id, as_name, as_rows, number
from bot.channels.onebot.forward import DialError, dialled, shown
from bot.channels.onebot.link import Link
from bot.channels.untrusted import Fields, as_fields
from bot.finding import Finding
from bot.logs import masked
from web.app import ONEBOT_PATH

_SET_TOKEN = "在 config.yaml 里给 access_token 一个长的随机值，并在 NapCat 的 Token 一栏填同一个值"
_WRONG_TOKEN = "让 config.yaml 的 access_token 与 NapCat 里「Websocket服务器」的 Token 相同"
_START = "启动 NapCat，并在「网络配置」里启用一个「Websocket服务器」，地址和端口与 url 一致"
_ROLES = {"owner": "群主", "admin": "管理员", "member": "普通成员"}


def check_reverse(listen: str, token: str) -> list[Finding]:
    """Nothing can be tried before the implementation dials: say what to enter there."""
    url = f"ws://{listen}{ONEBOT_PATH}"
    enter = f"NapCat「网络配置」→「新建」→「Websocket客户端」，URL 填 {url}，消息格式选 Array"
    waits = Finding(ok=True, text=f"QQ：运行时在 {url} 等待 NapCat 连接", fix=enter)
    return [waits, _token_set(token)]


async def check_forward(
    url: str, token: str, groups: Sequence[str], patience: float
) -> list[Finding]:
    """Dial, and look at the account and its groups."""
    found = [] if token else [_token_set(token)]
    try:
        async with dialled(url, token) as wire:
            link = Link(wire, timeout=patience, backlog=1000)
            reading = asyncio.create_task(link.read())
            try:
                return found + await _look(link, url, groups)
            finally:
                reading.cancel()
                await asyncio.wait([reading])
    except DialError as error:
        if error.kind == "token":
            return [*found, _refused()]
        return [*found, Finding(ok=False, text=f"QQ：连不上 {shown(url)}（{error}）", fix=_START)]


def _token_set(token: str) -> Finding:
    if token:
        return Finding(ok=True, text="QQ：已设置 access_token")
    text = "QQ：没有设置 access_token，同一网络里的任何程序都能冒充 QQ"
    return Finding(ok=False, text=text, fix=_SET_TOKEN)


def _refused() -> Finding:
    return Finding(ok=False, text="QQ：NapCat 不接受这个 access_token", fix=_WRONG_TOKEN)


async def _look(link: Link, url: str, groups: Sequence[str]) -> list[Finding]:
    login = await link.call("get_login_info", {})
    me = as_fields(login.data)
    own = as_id(me.get("user_id"))
    if link.refused:
        return [_refused()]
    if own is None:
        text = f"QQ：{shown(url)} 连上了，但问不到登录账号（{login.detail}）"
        return [Finding(ok=False, text=text, fix="在 NapCat 里登录 QQ")]
    name = as_name(me.get("nickname")) or "未命名"
    answer = await link.call("get_group_list", {})
    inside = {as_id(as_fields(row).get("group_id")) for row in as_rows(answer.data)}
    text = f"QQ：已连上，登录账号是 {name}（{masked(own)}），在 {len(inside)} 个群里"
    seen = [await _group(link, group, own, inside) for group in groups]
    return [Finding(ok=True, text=text), *seen]


async def _group(link: Link, group: str, own: str, inside: Collection[str | None]) -> Finding:
    if str(number(group)) not in inside:
        text = f"QQ：登录账号不在群 {number(group)} 里"
        fix = "把它拉进群，或从 config.yaml 的 groups 里删掉这一行"
        return Finding(ok=False, text=text, fix=fix, missed=group)
    params: Fields = {"group_id": number(group), "user_id": int(own), "no_cache": True}
    answer = await link.call("get_group_member_info", params)
    role = str(as_fields(answer.data).get("role"))
    text = f"QQ：群 {number(group)}，身份是{_ROLES.get(role, '未知')}"
    fix = "" if role in ("owner", "admin") else "要由机器人改群名片、批准入群，请把它设为管理员"
    return Finding(ok=True, text=text, fix=fix)
