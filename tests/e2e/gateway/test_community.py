"""The chat of a community through WeChat gives what it gives through QQ."""

import asyncio
import re
from dataclasses import dataclass

import pytest

from tests.conftest import NewUrl
from tests.e2e.community import GROUP, Community
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.gateway import TOKEN, Gateway
from tests.e2e.played import play
from tests.e2e.process import QUICK, Laoyou
from tests.onebot_peer import Peer

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.gateway]

ROOM = "20251120@chatroom"
LINES = 110  # all of them, on both databases: tests/e2e/test_community.py
CALL = re.compile("@[^\u2005\n@]*\u2005\\s*")


@dataclass(frozen=True)
class Transcript:
    """All that the bot said in the group, and whom it called, in order."""

    text: str
    called: list[str]


async def test_the_chat_of_a_community(
    gateway: Gateway, new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl
) -> None:
    community = Community("founders", lines=LINES)
    peer, on_qq = await _qq(community, new_bot, new_peer, new_url)
    on_wechat = await _wechat(community, gateway, new_bot, new_url)
    for bot, channel in ((on_qq, "onebot"), (on_wechat, "wechaty")):
        roster = community.roster(bot.folder / "roster.jsonl")
        words = roster.read_text(encoding="utf-8").replace("onebot:", f"{channel}:")
        roster.write_text(words, encoding="utf-8")
        status, _, err = await bot.command("import", "members", roster)
        assert (status, err) == (0, "")
    played, _ = await asyncio.gather(
        play(on_qq, peer, community), _play(on_wechat, gateway, community)
    )

    through_qq = _of_peer(peer)
    expected = len(through_qq.text)
    await gateway.until(lambda: len(_of_gateway(gateway).text) >= expected)
    through_wechat = _of_gateway(gateway)
    assert len(played.answers) > 50
    assert len(through_qq.called) > 6
    assert through_wechat.text == through_qq.text
    assert through_wechat.called == through_qq.called
    assert await on_wechat.stop() == 0
    assert not re.search("ERROR|WARNING|Traceback", on_wechat.log)
    assert not any(row["name"] in on_wechat.log for row in community.members)


async def _qq(
    community: Community, new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl
) -> tuple[Peer, Laoyou]:
    peer = new_peer()
    community.seat(peer)
    channel = {"type": "onebot", "url": await peer.listen(), "access_token": "${ONEBOT_TOKEN}"}
    return peer, _bot(new_bot, new_url, channel, f"onebot:{GROUP}")


async def _wechat(
    community: Community, gateway: Gateway, new_bot: NewBot, new_url: NewUrl
) -> Laoyou:
    for row in community.members:
        await gateway.person(_contact(row["id"]), row["name"])
    cards = {_contact(row["id"]): row["group_nickname"] for row in community.members}
    await gateway.room(ROOM, "老友记", **cards)
    await gateway.start()
    channel = {"type": "wechaty", "endpoint": gateway.endpoint, "token": TOKEN}
    return _bot(new_bot, new_url, channel, "wechaty:老友记")


def _bot(new_bot: NewBot, new_url: NewUrl, channel: dict[str, str], group: str) -> Laoyou:
    return new_bot(
        channel["type"],
        database=new_url("sqlite", migrated=True),
        channels=[channel],
        communities=[{"id": "club", "name": "社群", "groups": [group]}],
        limits={"posts_per_day": 0},
        outbox=QUICK,
    )


def _contact(member: str) -> str:
    """m001 to the number that it has on QQ as well."""
    return str(20000000 + int(member.removeprefix("m")))


async def _play(bot: Laoyou, gateway: Gateway, community: Community) -> None:
    await bot.start()
    await gateway.introduced(ROOM)
    for line in community.lines():
        await gateway.says(str(line.user), line.text, room=ROOM)
    await gateway.says(str(community.lines()[0].user), "#help", room=ROOM)


def _of_gateway(gateway: Gateway) -> Transcript:
    said = [one for one in gateway.sent if one.to == ROOM]
    called = [contact for one in said for contact in one.mentions]
    text = "\n".join(one.words for one in said)
    turn = iter(called)
    return Transcript(CALL.sub(lambda _: f"@{next(turn)} ", text), called)


def _of_peer(peer: Peer) -> Transcript:
    said = peer.calls("send_group_msg")
    text = "\n".join(one.text for one in said)
    called = [data["qq"] for one in said for data in one.data("at")]
    return Transcript(re.sub(r"@(\d{8})\s*", r"@\1 ", text), called)
