"""Messages both ways, through a real gateway of each generation."""

import pytest

from community.actions import Mention, Send, Text
from tests.channels.wechaty.bench import GROUP, ROOM, channel_to, running
from tests.channels.wechaty.conftest import NewGateway
from tests.e2e.gateway import Generation

pytestmark = [pytest.mark.anyio, pytest.mark.gateway]


@pytest.mark.parametrize("generation", ["v0", "v1"])
async def test_a_room_talks_with_the_bot(generation: Generation, new_gateway: NewGateway) -> None:
    gateway = await new_gateway(generation)
    channel = channel_to(gateway)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        said = await gateway.says(
            "zhang", "@老友\u2005#求 找法务", room=ROOM, mentions=["wxid_bot"]
        )
        message = await heard.message()
        answer = Send(
            group=GROUP,
            segments=(Mention(account="wechaty:li", name="Li Lei"), Text(text="看看这条")),
            quote=said,
        )
        sent = await channel.perform(answer)
        [shown] = await gateway.heard()
    assert (message.text, message.to_bot, message.sender.card) == ("#求 找法务", True, "张三-腾讯")
    assert sent.state == "sent"
    assert sent.message_id == shown.id
    assert shown.mentions == ("li",)
    assert shown.text.endswith("\n@Li Lei\u2005看看这条")
