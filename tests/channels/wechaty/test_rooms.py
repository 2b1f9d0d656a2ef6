"""Which room of WeChat is which group, through a real gateway."""

import pytest

from community.actions import Send, Text
from tests.channels.hearing import running
from tests.channels.wechaty.bench import ROOM, Log, channel_to
from tests.channels.wechaty.conftest import NewGateway

pytestmark = [pytest.mark.anyio, pytest.mark.gateway]

TOPIC = "wechaty:老友记一群"
TWIN = "wechaty:同名群"
FORMER = "wechaty:从前的群"
LATER = "wechaty:新开的群"


class Notebook:
    """A memory of rooms."""

    def __init__(self, **known: str) -> None:
        self.known = known

    def load(self, group: str) -> str | None:
        """What was kept."""
        return self.known.get(group)

    def save(self, group: str, room: str) -> None:
        """Keep it."""
        self.known[group] = room


def said(group: str) -> Send:
    """A word for a group."""
    return Send(group=group, segments=(Text(text="大家好"),))


async def test_rooms_by_topic(new_gateway: NewGateway, log: Log) -> None:
    gateway = await new_gateway()
    await gateway.room("t1@chatroom", "同名群", li="")
    await gateway.room("t2@chatroom", "同名群", li="")
    await gateway.room("imitation@chatroom", "从前的群", li="")
    notebook = Notebook(**{FORMER: "old@chatroom"})
    groups = (TOPIC, TWIN, FORMER, LATER)
    channel = channel_to(gateway, groups=groups, room_store=notebook, admins=["wechaty:wang"])
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        assert notebook.known == {TOPIC: ROOM, FORMER: "old@chatroom"}
        assert "t1@chatroom、t2@chatroom" in log.line("同名群")
        former = log.line("从前的群")
        assert "old@chatroom" in former
        assert "imitation@chatroom" in former
        assert (await channel.perform(said(TWIN))).state == "refused"

        # By another name it is still the same group.
        await gateway.emit("room-topic", roomId=ROOM, newTopic="改了名", oldTopic="老友记一群")
        await gateway.says("zhang", "改名以后", room=ROOM)
        assert (await heard.message()).group == TOPIC
        assert (await channel.perform(said(TOPIC))).state == "sent"

        # In a room that nobody configured the bot hears nothing.
        await gateway.says("li", "别的群里", room="t1@chatroom")

        # It follows an invitation into a missing group, and those of an admin.
        first = await gateway.invites("li", "新开的群")
        second = await gateway.invites("wang", "随便什么群")
        await gateway.invites("li", "陌生的群")
        wanted = [{"did": "accept", "id": flag} for flag in (first, second)]
        await gateway.until(lambda: all(one in gateway.done for one in wanted))
        await gateway.room("new@chatroom", "新开的群", li="")
        await gateway.joins("wxid_bot", "new@chatroom", by="li")
        await gateway.says("li", "机器人来了", room="new@chatroom")
        await heard.says("机器人来了")
        assert [message.group for message in heard.messages] == [TOPIC, LATER]
        assert notebook.known[LATER] == "new@chatroom"
    assert len([one for one in gateway.done if one["did"] == "accept"]) == 2
