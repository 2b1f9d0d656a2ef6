"""Two accounts that dial the bot and sit in one group: what only one of them has heard."""

import time

import pytest

from tests.channels.hearing import running
from tests.channels.onebot.bench import GROUP, in_the_same_group, reverse, served
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio

HISTORY, LIST = "get_group_msg_history", "get_group_member_list"


async def test_what_only_the_other_account_heard_is_taken_from_the_history(peer: Peer) -> None:
    second, now = in_the_same_group(), int(time.time()) + 1
    channel = reverse()
    async with served(channel) as url, running(channel) as heard:
        for one in (peer, second):
            await one.say(20002000, "很早", group=GROUP, at=now - 60)
            await one.dial(url)
            await one.asked(LIST)
        await peer.say(20002000, "一", group=GROUP, at=now)
        await heard.says("一")
        # The connection of the first one is dead, and nobody has noticed yet.
        said = await second.say(30003000, "#need 车", group=GROUP, at=now + 1)
        await second.say(20002000, "二", group=GROUP, at=now + 2)
        await second.say(30003000, "私聊")
        await heard.says("私聊")
        event = {**second.stock.spoken[said], "self_id": peer.number, "message_id": 77}
        peer.stock.history[GROUP].append({**event, "message_seq": 77})
        asked = len(peer.calls(HISTORY))
        await peer.hang_up()
        await peer.dial(url)
        await peer.asked(HISTORY, count=asked + 1)
        await peer.say(20002000, "三", group=GROUP, at=now + 3)
        await heard.says("三")
        assert heard.texts == ["一", "私聊", "一", "#need 车", "三"]  # the key tells what is again
        await second.close()
