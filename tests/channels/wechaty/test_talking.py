"""What is said in rooms and in private, through a real gateway."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.wechaty.channel import Wechaty
from community.actions import Mention, Recall, Send, Text
from community.updates import Mentioned, Recalled, SeatsChanged
from tests.channels.hearing import Heard, running
from tests.channels.wechaty.bench import GROUP, ROOM, channel_to
from tests.channels.wechaty.conftest import NewGateway
from tests.e2e.gateway import Gateway, Generation

pytestmark = [pytest.mark.anyio, pytest.mark.gateway]

Scene = tuple[Gateway, Wechaty, Heard]


@pytest.fixture
async def scene(request: pytest.FixtureRequest, new_gateway: NewGateway) -> AsyncIterator[Scene]:
    """A gateway, and a channel that has read the list of members."""
    generation: Generation = getattr(request, "param", "v1")
    gateway = await new_gateway(generation)
    channel = channel_to(gateway)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        yield gateway, channel, heard


@pytest.mark.parametrize("scene", ["v0", "v1"], indirect=True)
async def test_a_room_talks_with_the_bot(scene: Scene) -> None:
    gateway, channel, heard = scene
    [listed] = heard.updates
    assert isinstance(listed, SeatsChanged)
    assert listed.complete
    assert [(seat.account, seat.name, seat.card, seat.role) for seat in listed.seats] == [
        ("wechaty:zhang", "张三", "张三-腾讯", "owner"),
        ("wechaty:li", "Li Lei", "", "member"),
        ("wechaty:wang", "王五", "C++(老王)", "member"),
    ]

    said = await gateway.says(
        "zhang",
        "@老友\u2005#求 @Li Lei\u2005懂 @C++(老王)\u2005吗",
        room=ROOM,
        mentions=["wxid_bot", "wang"],
    )
    message = await heard.message()
    assert message.channel == "wechaty:wxid_bot"
    assert message.group == GROUP
    assert message.message_id == said
    assert message.text == "#求 @Li Lei\u2005懂 @C++(老王) 吗"
    assert message.to_bot
    assert message.mentions == (Mentioned(account="wechaty:wang", name="C++(老王)"),)
    assert (message.sender.account, message.sender.card) == ("wechaty:zhang", "张三-腾讯")

    called = Mention(account="wechaty:li", name="Li Lei")
    words = (called, Text(text="看看这条"))
    sent = await channel.perform(Send(group=GROUP, segments=words, quote=said))
    [shown] = await gateway.heard()
    assert (sent.state, sent.message_id) == ("sent", shown.id)
    assert (shown.to, shown.mentions) == (ROOM, ("li",))
    assert shown.text == (
        "「张三-腾讯：#求 @Li Lei 懂 @C++(老王) 吗」\n- - - - - - - - - - - - - - -\n"
        "@Li Lei\u2005看看这条"
    )

    # Its own words come back from the gateway; only what others say is passed on.
    answer = f"「老友：{shown.text}」\n- - - - - - - - - - - - - - -\n搞定"
    await gateway.says("li", answer, room=ROOM)
    quoting = await heard.message(2)
    assert (quoting.text, quoting.to_bot) == ("搞定", True)
    assert quoting.quoted is not None
    assert (quoting.quoted.message_id, quoting.quoted.account) == (shown.id, message.channel)

    assert (await channel.perform(Recall(group=GROUP, message_id=shown.id or ""))).state == "sent"
    await gateway.until(lambda: {"did": "recall", "id": shown.id} in gateway.done)
    await gateway.takes_back("zhang", said, room=ROOM)
    await heard.until(lambda: isinstance(heard.updates[-1], Recalled))
    recalled = heard.updates[-1]
    assert isinstance(recalled, Recalled)
    assert (recalled.message_id, recalled.by) == (said, "wechaty:zhang")


async def test_in_private_and_in_order(scene: Scene) -> None:
    gateway, channel, heard = scene
    await gateway.says("wang", "#我的")
    message = await heard.message()
    assert (message.group, message.sender.account, message.sender.name) == (
        None,
        "wechaty:wang",
        "王五",
    )
    long = "\n".join("一二三四五六七八九十" for _ in range(100))
    sent = await channel.perform(Send(account="wechaty:wang", segments=(Text(text=long),)))
    shown = await gateway.heard(2)
    assert sent.state == "sent"
    assert "\n".join(said.text for said in shown) == long
    assert [len(said.text.encode()) <= 1800 for said in shown] == [True, True]
    nobody = await channel.perform(Send(account="wechaty:nobody", segments=(Text(text="在吗"),)))
    assert nobody.state == "refused"
    assert "nobody there" in nobody.detail

    for number in range(40):
        await gateway.says("zhang", f"第 {number} 句", room=ROOM)
    await heard.message(41)
    assert heard.texts[1:] == [f"第 {number} 句" for number in range(40)]
