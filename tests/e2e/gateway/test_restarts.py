"""A bot whose gateway dies again and again: every message is answered, and once."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot
from tests.e2e.gateway import TOKEN, Gateway
from tests.e2e.process import QUICK

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.gateway]

ROOM = "r1@chatroom"
BACK = 15.0  # seconds after the gateway's return until the bot has answered
RESTARTS = int(os.environ.get("GATEWAY_RESTARTS", "3"))
LONG = float(os.environ.get("GATEWAY_DOWN", "0"))  # seconds that it stays away the second time


async def test_restarts(gateway: Gateway, new_bot: NewBot, new_url: NewUrl) -> None:
    await gateway.person("zhang", "张三")
    await gateway.room(ROOM, "老友记", zhang="张三")
    await gateway.start()
    bot = new_bot(
        database=new_url("sqlite", migrated=True),
        channels=[{"type": "wechaty", "endpoint": gateway.endpoint, "token": TOKEN}],
        communities=[{"id": "club", "name": "社群", "groups": ["wechaty:老友记"]}],
        limits={"posts_per_day": 0},
        outbox=QUICK,
    )
    await bot.start()
    await gateway.introduced(ROOM)
    for times in range(RESTARTS):
        await gateway.says("zhang", f"#求 找第 {times} 位法务顾问，要懂跨境电商合规", room=ROOM)
        await gateway.heard(2 * times + 1)
        await gateway.kill()
        gone = time.monotonic()
        if times == 1:
            await asyncio.sleep(LONG)
        await gateway.start()
        back = time.monotonic()
        await gateway.introduced(ROOM)
        await gateway.says("zhang", f"#供 第 {times} 间会议室，周末可以免费用", room=ROOM)
        await gateway.heard(2 * times + 2)
        # The longer it was away, the longer the bot pauses; on a slow machine both start slowly.
        assert time.monotonic() - back < BACK + 2 * (back - gone)
        question, offer = gateway.sent[2 * times :]
        assert f"第 {times} 位" in question.text
        assert f"第 {times} 间" in offer.text
    assert len(gateway.sent) == 2 * RESTARTS
    assert bot.log.count("断开") == RESTARTS
    assert await bot.stop() == 0
    assert "Traceback" not in bot.log
    assert _left_behind(Path(), bot.folder) == []


def _left_behind(*folders: Path) -> list[Path]:
    """What python-wechaty would write where it is started."""
    return [entry for folder in folders for entry in folder.iterdir() if "wechaty" in entry.name]
