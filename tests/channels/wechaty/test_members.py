"""People who come, go and ask, through a real gateway."""

import pytest

from community.actions import AnswerRequest, Kick, Send, SetCard, Text
from community.updates import FriendRequested, MemberJoined, MemberLeft, SeatsChanged
from tests.channels.hearing import Heard, running
from tests.channels.wechaty.bench import GROUP, ROOM, channel_to
from tests.channels.wechaty.conftest import NewGateway

pytestmark = [pytest.mark.anyio, pytest.mark.gateway]

ZHAO = "wechaty:zhao"


def lists(heard: Heard) -> list[SeatsChanged]:
    """The full member lists that were read."""
    changes = [update for update in heard.updates if isinstance(update, SeatsChanged)]
    return [change for change in changes if change.complete]


async def test_people_come_go_and_ask(new_gateway: NewGateway) -> None:
    gateway = await new_gateway()
    await gateway.person("zhao", "赵六")
    channel = channel_to(gateway)
    assert not channel.caps.can_set_card
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)

        await gateway.joins("zhao", ROOM, card="赵六-字节", by="zhang")
        await heard.until(lambda: len(heard.updates) == 2)
        joined = heard.updates[-1]
        assert isinstance(joined, MemberJoined)
        assert (joined.group, joined.by) == (GROUP, "wechaty:zhang")
        assert (joined.seat.account, joined.seat.card) == (ZHAO, "赵六-字节")

        await gateway.leaves("zhao", ROOM)
        await heard.until(lambda: len(heard.updates) == 3)
        left = heard.updates[-1]
        assert isinstance(left, MemberLeft)
        assert (left.group, left.account, left.by) == (GROUP, ZHAO, ZHAO)

        asked = await gateway.befriends("zhao", "我是赵六，想加入老友记")
        await heard.until(lambda: len(heard.updates) == 4)
        request = heard.updates[-1]
        assert isinstance(request, FriendRequested)
        assert (request.account, request.name) == (ZHAO, "赵六")
        assert (request.comment, request.flag) == ("我是赵六，想加入老友记", asked)

        accepting = AnswerRequest(kind="friend", account=ZHAO, flag=asked, approve=True)
        assert (await channel.perform(accepting)).state == "sent"
        refusing = accepting.model_copy(update={"approve": False})
        assert (await channel.perform(refusing)).state == "sent"
        letting_in = AnswerRequest(kind="join", group=GROUP, account=ZHAO, flag="x", approve=True)
        assert (await channel.perform(letting_in)).state == "refused"
        card = SetCard(group=GROUP, account="wechaty:li", card="李雷")
        assert (await channel.perform(card)).state == "refused"
        assert (await channel.perform(Kick(group=GROUP, account="wechaty:li"))).state == "sent"
    assert gateway.done == [
        {"did": "befriend", "id": asked},
        {"did": "kick", "room": ROOM, "contact": "li"},
    ]


async def test_ids_that_hold_for_one_login(new_gateway: NewGateway) -> None:
    gateway = await new_gateway()
    channel = channel_to(gateway, groups=("wechaty:老友记一群",), stable_ids=False)
    async with running(channel) as heard:
        await gateway.until(lambda: True)
        await heard.until(lambda: heard.updates)
        await gateway.says("zhang", "第一次登录", room=ROOM)
        before = (await heard.message()).sender.account
        await gateway.person("other", "老友")
        await gateway.command("logout")
        await gateway.command("login", account="other")
        await gateway.says("zhang", "第二次登录", room=ROOM)
        after = (await heard.message(2)).sender.account
        words = Send(account=before, segments=(Text(text="在吗"),))
        sent = await channel.perform(words)
        # The list is read at once: a name behind an @ is known by it.
        await heard.until(lambda: len(lists(heard)) == 2)
        assert after in {seat.account for seat in lists(heard)[-1].seats}
        assert "王五" in {seat.name for seat in lists(heard)[-1].seats}
    assert before != after
    assert sent.state == "refused"
    assert gateway.sent == []
