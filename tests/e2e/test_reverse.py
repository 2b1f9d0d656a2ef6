"""NapCat dials the bot."""

from collections.abc import Iterator

import pytest
from httpx2 import AsyncClient
from websockets.exceptions import InvalidStatus

from tests.bot.looking import parsed
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK
from tests.ports import port_of, reserved

pytestmark = [pytest.mark.anyio, pytest.mark.process]

GROUP = 600400
TOKEN = "0123456789abcdef"


@pytest.fixture
def port() -> Iterator[int]:
    """One for the bot: it takes a while to start."""
    with reserved() as held:
        yield port_of(held)


async def test_it_is_let_in_with_the_right_token_only(
    new_bot: NewBot, new_peer: NewPeer, port: int
) -> None:
    bot = new_bot(
        channels=[{"type": "onebot", "access_token": "${ONEBOT_TOKEN}"}],
        communities=[{"id": "c", "name": "社群", "groups": [f"onebot:{GROUP}"]}],
        web={"listen": f"127.0.0.1:{port}", "metrics_token": TOKEN},
        outbox=QUICK,
    )
    await bot.start()
    await bot.logs("已启动")
    url = f"ws://127.0.0.1:{port}/onebot/v11/ws"
    with pytest.raises(InvalidStatus, match="403"):
        await new_peer(token="wrong").dial(url)
    peer = new_peer()
    await peer.dial(url)
    await peer.say(7, "#need 找一位会报税的会计", group=GROUP)
    (answer,) = await peer.heard()
    assert answer.text.startswith("已记下 #1 需求：")
    async with AsyncClient(base_url=f"http://127.0.0.1:{port}") as near:
        assert (await near.get("/healthz")).text == "ok\n"
        found = parsed((await near.get("/metrics")).text)
        far = {"x-forwarded-for": "203.0.113.9"}
        stranger = await near.get("/metrics", headers=far)
        friend = await near.get("/metrics", headers={**far, "authorization": f"Bearer {TOKEN}"})
    assert found["laoyou_channel_connected", "onebot"] == 1
    assert found["laoyou_reply_sent_seconds_count", "onebot"] == 1
    assert (stranger.status_code, friend.status_code) == (404, 200)
    assert "没有这一页" in stranger.text
    assert await bot.command("health") == (0, "老友运行正常。\n", "")
    assert await bot.stop() == 0
    assert (await bot.command("health"))[0] == 1
    assert bot.log.count("access_token") == 1
    assert "wrong" not in bot.log
    await peer.until(lambda: not peer.connected)
