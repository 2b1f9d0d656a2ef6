"""Two QQ accounts in one group, as config.yaml names them."""

import time

import pytest

from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK

pytestmark = [pytest.mark.anyio, pytest.mark.process]

GROUP = 600400


async def test_one_of_them_answers(new_bot: NewBot, new_peer: NewPeer) -> None:
    first, second = new_peer(), new_peer(number=10002000)
    for one in (first, second):
        for user in (first.number, second.number, 7, 8, 9):
            one.seat(GROUP, user, f"成员{user}")
    bot = new_bot(
        channels=[
            {"type": "onebot", "access_token": "${ONEBOT_TOKEN}", "url": await one.listen()}
            for one in (first, second)
        ],
        communities=[{"id": "c", "name": "社群", "groups": [f"onebot:{GROUP}"]}],
        outbox=QUICK,
    )
    await bot.start()
    for one in (first, second):
        await one.asked("get_group_member_list")
    now = int(time.time())
    for one, friend in ((second, 8), (first, 9)):
        await one.say(7, "#need 找一位会报税的会计", group=GROUP, at=now)
        await one.say(friend, "#我的")
        await one.asked("send_private_msg")
    await first.asked("send_group_msg")
    assert await bot.stop() == 0
    said = [request.text for one in (first, second) for request in one.calls("send_group_msg")]
    assert len(said) == 1
    assert said[0].startswith("已记下 #1 需求：")
