"""Whoever was approved is brought into the room."""

import pytest

from community.actions import Invite
from tests.channels.hearing import running
from tests.channels.wechaty.bench import GROUP, ROOM, channel_to
from tests.channels.wechaty.conftest import NewGateway

pytestmark = [pytest.mark.anyio, pytest.mark.gateway]


async def test_somebody_is_brought_into_the_room(new_gateway: NewGateway) -> None:
    gateway = await new_gateway()
    await gateway.person("zhao", "赵六")
    channel = channel_to(gateway)
    assert channel.caps.can_invite
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        invite = Invite(group=GROUP, account="wechaty:zhao")
        assert (await channel.perform(invite)).state == "sent"
        elsewhere = Invite(group="wechaty:别的群", account="wechaty:zhao")
        assert (await channel.perform(elsewhere)).state == "refused"
    assert gateway.done == [{"did": "bring", "room": ROOM, "contact": "zhao"}]
