"""Somebody asks the bot on WeChat to be friends, and ends in the room with the right card."""

import re

import pytest

from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot
from tests.e2e.gateway import TOKEN, Gateway
from tests.e2e.gateway.driver import Said
from tests.e2e.process import QUICK, Laoyou

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.gateway, pytest.mark.postgres]

ROOM, ADMINS = "r1@chatroom", "r2@chatroom"
CARD = "张三-人人网-产品经理"
FORM = "#申请 姓名 张三 公司 人人网 在职时间 2016-2019 职位 产品经理 城市 北京"


async def said(gateway: Gateway, to: str, words: str) -> Said:
    """Wait until the bot says this there."""

    def found() -> list[Said]:
        return [one for one in gateway.sent if one.to == to and words in one.text]

    await gateway.until(found)
    return found()[0]


@pytest.fixture(params=["sqlite", "postgres"])
async def bot(
    request: pytest.FixtureRequest, gateway: Gateway, new_bot: NewBot, new_url: NewUrl
) -> Laoyou:
    """A bot on each kind of database, in a room and in that of the admins."""
    for contact, name in {"wang": "老王", "zhao": "小赵", "ming": "小明"}.items():
        await gateway.person(contact, name)
    await gateway.room(ROOM, "老友记", wang="老王", ming="小明-字节-设计师")
    await gateway.room(ADMINS, "老友记管理", wang="老王")
    await gateway.start()
    made: Laoyou = new_bot(
        database=new_url(request.param, migrated=False),
        channels=[{"type": "wechaty", "endpoint": gateway.endpoint, "token": TOKEN}],
        communities=[
            {
                "id": "club",
                "name": "老友记",
                "groups": ["wechaty:老友记"],
                "admins": ["wechaty:wang"],
                "admin_group": "wechaty:老友记管理",
            }
        ],
        outbox=QUICK,
    )
    return made


async def test_from_the_friend_request_to_the_card(bot: Laoyou, gateway: Gateway) -> None:
    await bot.start()
    await gateway.introduced(ROOM)
    await gateway.introduced(ADMINS)
    await gateway.befriends("zhao", "我是老王的朋友")
    await said(gateway, "zhao", "申请加入「老友记」")

    await gateway.says("zhao", FORM)
    assert "姓名：张三\n公司：人人网" in (await said(gateway, "zhao", "请看一下")).text
    await gateway.says("zhao", "确认")
    assert "姓名：张三" in (await said(gateway, ADMINS, "#A1 新申请（好友申请）")).text
    assert not [one for one in gateway.sent if one.to == ROOM]

    await gateway.says("wang", "#通过 A1", room=ADMINS)
    await said(gateway, "zhao", "通过了，欢迎")
    await gateway.until(lambda: {"did": "bring", "room": ROOM, "contact": "zhao"} in gateway.done)
    await gateway.joins("zhao", ROOM, by="wang")
    welcome = await said(gateway, ROOM, "欢迎")
    assert welcome.mentions == ("zhao",)
    assert "张三 · 人人网 · 产品经理 · 北京" in welcome.text
    assert "2016" not in welcome.text
    asked = await said(gateway, "zhao", "可以直接复制")  # nobody can set another's card there
    assert asked.text.endswith(CARD)

    assert await bot.stop() == 0
    assert not re.search("ERROR|Traceback", bot.log)
    assert not any(secret in bot.log for secret in ("张三", "人人网", "zhao", "2016"))
