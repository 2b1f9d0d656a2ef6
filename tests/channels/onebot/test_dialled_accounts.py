"""Several accounts that are dialled, each by a channel of its own, and sit in the same group."""

import pytest

from bot.channels.onebot import OneBot
from bot.channels.onebot.pool import AccountPool
from bot.coordination.held_channels import HeldChannels
from tests.channels.hearing import running
from tests.channels.onebot.bench import GROUP, ROOM, TOKEN, HeldClock, in_the_same_group
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio


async def forward_pair(*peers: Peer) -> tuple[list[OneBot], HeldChannels]:
    """A channel for each, as two entries in config.yaml make them."""
    pool = AccountPool()
    channels = [
        OneBot(
            access_token=TOKEN, url=await one.listen(), groups=[ROOM], clock=HeldClock(),
            sole=False, pool=pool,
        )
        for one in peers
    ]  # fmt: skip
    return channels, HeldChannels(channels, instance_id=None)


async def test_of_two_that_are_dialled_one_hears_and_speaks(peer: Peer) -> None:
    second = in_the_same_group()
    (first, other), held = await forward_pair(peer, second)
    async with running(first) as heard, running(other) as also:
        for one in (peer, second):
            await one.asked("get_group_member_list")
        await heard.until(lambda: heard.updates)
        await also.until(lambda: also.updates)
        for one in (second, peer):
            await one.say(30003000, "#need 车", group=GROUP, at=1763600000)
            await one.say(peer.number if one is second else second.number, "收到", group=GROUP)
            await one.say(30003000, "私聊")
        await heard.says("私聊")
        await also.says("私聊")
        assert (heard.texts, also.texts) == (["#need 车", "私聊"], ["私聊"])
        assert held.route(ROOM) is first

        about = {"group_id": GROUP, "user_id": peer.number, "operator_id": 30003000}
        await peer.notify("group_ban", sub_type="ban", duration=600, **about)
        await peer.say(30003000, "禁言了")
        await heard.says("禁言了")
        assert held.route(ROOM) is other
        await peer.notify("group_ban", sub_type="lift_ban", duration=0, **about)
        await peer.say(30003000, "解禁了")
        await heard.says("解禁了")
        assert held.route(ROOM) is first

        await peer.close()
        await second.say(30003000, "换了号", group=GROUP)
        await also.says("换了号")
        assert held.route(ROOM) is other
        await second.close()
