"""One conversation, three channels: console, QQ and WeChat give the same answers."""

import asyncio
import re
from dataclasses import dataclass

import pytest

from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.gateway import TOKEN, Gateway
from tests.e2e.process import QUICK, Laoyou
from tests.onebot_peer import Peer
from tests.onebot_peer.payloads import at, text

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.gateway]

PEOPLE = {"张三": 20000001, "李四": 20000002, "王五": 20000003}
NAMES = {str(number): name for name, number in PEOPLE.items()}
GROUP, ROOM = 600100, "r1@chatroom"
TALK = """张三: #求 找一位懂跨境电商的合伙人
李四: 大家早
李四: #供 做过三年亚马逊运营，跨境电商找合作
王五: #找 跨境电商
张三: #我的
王五: #谁是 @李四
王五: #名片 城市 北京
张三: #搞定 1 @李四
王五（私聊）: #我的
王五（私聊）: #搞定 9
李四: #撤 2
王五: #找 跨境电商
王五: #帮助"""
ANSWERS = {"大家早": 0, "#搞定 1 @李四": 2}  # all other lines get one
LINE = re.compile(r"(?P<who>\w+?)(?P<private>（私聊）)?: (?P<text>.*)")
ANSWER = re.compile(r"^老友(?: → (?P<who>\S+))?: ", re.MULTILINE)


@dataclass(frozen=True)
class Said:
    """Something that the bot said, in the group or to somebody."""

    to: str
    text: str


def lanes(answers: list[Said]) -> dict[str, str]:
    """All that was said in one place: a long answer comes in parts, another number on each."""
    found: dict[str, list[str]] = {}
    for answer in answers:
        words = re.sub(r"@(\w+)\s*", r"@\1 ", answer.text).strip()
        found.setdefault(answer.to, []).append(re.sub(r"[ \t]+(?=\n|\Z)", "", words))
    return {to: "\n".join(said) for to, said in found.items()}


async def test_three_channels(
    gateway: Gateway, new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl
) -> None:
    def bot(group: str, **channel: str) -> Laoyou:
        return new_bot(
            channel["type"],
            database=new_url("sqlite", migrated=True),
            channels=[channel],
            communities=[{"id": "club", "name": "社群", "groups": [group]}],
            limits={"posts_per_day": 0},
            outbox=QUICK,
        )

    peer = new_peer()
    qq = {"url": await peer.listen(), "access_token": "${ONEBOT_TOKEN}"}
    wechat = {"endpoint": gateway.endpoint, "token": TOKEN}
    said = await asyncio.gather(
        _on_console(bot("console:main", type="console")),
        _on_qq(bot(f"onebot:{GROUP}", type="onebot", **qq), peer),
        _on_wechat(bot(f"wechaty:{ROOM}", type="wechaty", **wechat), gateway),
    )
    console, on_qq, on_wechat = map(lanes, said)

    assert console.keys() == {"group", "李四", "王五"}
    assert console["group"].count("因为：跨境电商") >= 3
    assert on_qq == console
    assert on_wechat == console


async def _on_console(bot: Laoyou) -> list[Said]:
    status, out, err = await bot.command("run", stdin=f"{TALK}\n")
    assert status == 0, err
    _, *parts = ANSWER.split(out)
    return [
        Said(who or "group", words.replace("\n  ", "\n"))
        for who, words in zip(parts[::2], parts[1::2], strict=True)
    ]


async def _on_qq(bot: Laoyou, peer: Peer) -> list[Said]:
    peer.seat(GROUP, peer.number, "老友")
    for name, number in PEOPLE.items():
        peer.seat(GROUP, number, name)
    await bot.start()
    await peer.asked("get_group_member_list")

    def answers() -> list[Said]:
        return [
            Said(
                NAMES.get(str(one.params.get("user_id")), "group"),
                re.sub(r"@(\d{8})", lambda found: f"@{NAMES[found[1]]}", one.text),
            )
            for one in peer.calls("send_group_msg", "send_private_msg")
        ]

    for line in LINE.finditer(TALK):
        words, _, name = line["text"].partition("@")
        segments = [text(words), *([at(PEOPLE[name])] if name else [])]
        group = None if line["private"] else GROUP
        expected = len(answers()) + ANSWERS.get(line["text"], 1)
        await peer.say(PEOPLE[who := line["who"]], segments, group=group, nickname=who)
        await peer.heard(expected)
    await bot.stop()
    return answers()


async def _on_wechat(bot: Laoyou, gateway: Gateway) -> list[Said]:
    for name in PEOPLE:
        await gateway.person(f"wxid_{name}", name)
    await gateway.room(ROOM, "老友记", **{f"wxid_{name}": "" for name in PEOPLE})
    await gateway.start()
    await bot.start()
    await gateway.introduced(ROOM)
    for line in LINE.finditer(TALK):
        words, _, name = line["text"].partition("@")
        called = {"text": f"{words}@{name}\u2005", "mentions": [f"wxid_{name}"]}
        given = called if name else {"text": words}
        room = None if line["private"] else ROOM
        expected = len(gateway.sent) + ANSWERS.get(line["text"], 1)
        await gateway.says(f"wxid_{line['who']}", room=room, **given)
        await gateway.heard(expected)
    await bot.stop()
    return [
        Said("group" if one.to == ROOM else one.to.removeprefix("wxid_"), one.words)
        for one in gateway.sent
    ]
