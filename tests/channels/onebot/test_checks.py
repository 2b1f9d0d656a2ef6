"""What the doctor says of QQ."""

import pytest

from bot.channels.onebot import OneBot
from bot.finding import Finding
from tests.channels.onebot.bench import BRIEF, GROUP, TOKEN, HeldClock
from tests.onebot_peer import SILENCE, Peer, failed

pytestmark = pytest.mark.anyio


async def examined(url: str, *, token: str = TOKEN, patience: float = 10.0) -> list[Finding]:
    """The findings of a forward connection."""
    groups = [f"onebot:{GROUP}", "onebot:777"]
    channel = OneBot(
        access_token=token, url=url, groups=groups, clock=HeldClock(), timeout=patience
    )
    return await channel.check()


async def test_all_is_well_but_one_group(peer: Peer) -> None:
    found = await examined(await peer.listen())
    assert [(health.ok, health.text) for health in found] == [
        (True, "QQ：已连上，登录账号是 助教（10…00），在 1 个群里"),
        (True, "QQ：群 123456，身份是管理员"),
        (False, "QQ：登录账号不在群 777 里"),
    ]
    assert found[2].fix
    await peer.until(lambda: peer.connected == 0)


async def test_a_plain_member_is_told_what_it_cannot_do(peer: Peer) -> None:
    peer.stock.members[GROUP][0]["role"] = "member"
    found = await examined(await peer.listen())
    assert found[1].text == "QQ：群 123456，身份是普通成员"
    assert "管理员" in found[1].fix


async def test_nobody_listens(peer: Peer) -> None:
    url = await peer.listen()
    await peer.close()
    (found,) = await examined(url)
    assert not found.ok
    assert found.text == f"QQ：连不上 {url}（端口上没有服务）"
    assert "NapCat" in found.fix


async def test_the_token_is_wrong(peer: Peer) -> None:
    (found,) = await examined(await peer.listen(), token="wrong")
    assert (found.ok, found.text) == (False, "QQ：NapCat 不接受这个 access_token")


@pytest.mark.parametrize("reply", [SILENCE, failed(1200, "未登录")])
async def test_nobody_is_logged_in(peer: Peer, reply: dict[str, object] | None) -> None:
    peer.answer("get_login_info", reply)
    (found,) = await examined(await peer.listen(), patience=BRIEF)
    assert not found.ok
    assert "问不到登录账号" in found.text


async def test_the_reverse_way_says_what_to_enter() -> None:
    channel = OneBot(access_token=TOKEN, listen="0.0.0.0:9000", clock=HeldClock())
    waits, token = await channel.check()
    assert waits.ok
    assert "ws://0.0.0.0:9000/onebot/v11/ws" in waits.fix
    assert token.ok


async def test_an_empty_token_is_a_finding(peer: Peer) -> None:
    peer.token = ""
    reverse = await OneBot(access_token="", clock=HeldClock()).check()
    forward = await examined(await peer.listen(), token="")
    for found in (reverse[1], forward[0]):
        assert not found.ok
        assert "access_token" in found.fix
