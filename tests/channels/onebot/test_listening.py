"""What happens with an event between the wire and the door."""

import asyncio

import pytest

from bot.channels.onebot import OneBot
from community.updates import Quoted, Recalled, Update
from tests.channels.hearing import running
from tests.channels.onebot.bench import BRIEF, GROUP, TOKEN, HeldClock, words
from tests.onebot_peer import SILENCE, Peer
from tests.onebot_peer.payloads import Segment, at, heartbeat, reply, text

pytestmark = pytest.mark.anyio


async def forward(peer: Peer, patience: float = 10.0) -> OneBot:
    """A channel that dials the peer, and waits so long for an answer."""
    return OneBot(access_token=TOKEN, url=await peer.listen(), clock=HeldClock(), timeout=patience)


async def test_a_command_learns_what_it_quotes(peer: Peer) -> None:
    async with running(await forward(peer)) as heard:
        await peer.until(lambda: peer.connected)
        said = await peer.say(30003000, "我会修电脑，谁需要", group=GROUP, card="李四")
        await peer.say(20002000, [reply(said), at(30003000), text(" #收")], group=GROUP)
        message = await heard.message(2)
    assert message.quoted == Quoted(
        message_id=str(said), account="onebot:30003000", name="李四", text="我会修电脑，谁需要"
    )
    assert message.text == "#收"
    assert not message.to_bot
    assert peer.calls("get_msg")[0].params == {"message_id": said}


@pytest.mark.parametrize(
    "where",
    [
        {"message_type": "group", "group_id": GROUP + 1},
        {"group_id": str(GROUP + 1)},
        {"message_type": "private", "group_id": 0},
    ],
)
async def test_what_was_said_in_another_chat_is_not_what_is_quoted(
    peer: Peer, where: dict[str, object]
) -> None:
    async with running(await forward(peer)) as heard:
        await peer.until(lambda: peer.connected)
        said = peer.stock.new_id()
        peer.stock.spoken[said] = {
            "message_id": said,
            "sender": {"user_id": 30003000, "nickname": "李四"},
            "message": [text("我会修电脑，谁需要")],
            **where,
        }
        await peer.say(20002000, [reply(said), text("#收")], group=GROUP)
        message = await heard.message()
    assert message.quoted == Quoted(message_id=str(said))


async def test_to_quote_the_bot_is_to_speak_to_it(peer: Peer) -> None:
    channel = await forward(peer)
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        said = peer.stock.new_id()
        peer.stock.spoken[said] = {
            "message_id": said,
            "sender": {"user_id": peer.number, "nickname": "助教"},
            "message": [text("收到 #12")],
        }
        await peer.say(20002000, [reply(said), text("#done")], group=GROUP)
        message = await heard.message()
    assert message.to_bot
    assert message.quoted is not None
    assert message.quoted.text == "收到 #12"


@pytest.mark.parametrize(
    ("segments", "asks"),
    [
        ([reply(5), text("#need " + "很长" * 60)], True),
        ([reply(5), text("＃收")], True),
        ([reply(5), text("这个我要")], True),
        ([reply(5), text("闲聊" * 30)], False),
        ([text("#need 没有引用")], False),
        ([reply(5), text("字" * 41)], False),
        ([reply(5), text("拒绝 " + "理由很长" * 20)], True),
        ([reply(5), text("【求】" + "很长" * 60)], True),
    ],
)
async def test_chatter_causes_no_calls(peer: Peer, segments: list[Segment], asks: bool) -> None:
    async with running(await forward(peer)) as heard:
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, segments, group=GROUP)
        await heard.message()
    assert bool(peer.calls("get_msg")) is asks


async def test_without_an_answer_the_command_goes_on(peer: Peer) -> None:
    peer.answer("get_msg", SILENCE)
    async with running(await forward(peer, BRIEF)) as heard:
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, [reply(5), text("#done")], group=GROUP)
        message = await heard.message()
    assert message.quoted == Quoted(message_id="5")


async def test_a_recall_matches_its_message(peer: Peer) -> None:
    async with running(await forward(peer)) as heard:
        await peer.until(lambda: peer.connected)
        said = await peer.say(20002000, "#need 合伙人", group=GROUP, message_id=-77)
        await peer.recall(said, by=30003000)
        await heard.until(lambda: len(heard.updates) == 2)
    recalled = heard.updates[1]
    assert isinstance(recalled, Recalled)
    assert recalled.message_id == heard.messages[0].message_id == "-77"
    assert recalled.by == "onebot:30003000"


async def test_a_door_that_fails_costs_one_message_and_tells_nothing_of_it(
    peer: Peer, logged: list[str]
) -> None:
    fed: list[Update] = []
    done = asyncio.Event()

    async def feed(update: Update) -> None:
        fed.append(update)
        if len(fed) == 1:
            raise ValueError("我的秘密")
        done.set()

    channel = await forward(peer)
    task = asyncio.create_task(channel.run(feed))
    await peer.until(lambda: peer.connected)
    await peer.say(20002000, "我的秘密", group=GROUP)
    await peer.say(20002000, "早", group=GROUP)
    await asyncio.wait_for(done.wait(), 60)
    task.cancel()
    await asyncio.wait([task])
    assert [line for line in logged if "ValueError" in line]
    assert not [line for line in logged if "秘密" in line]


async def test_what_the_operator_has_to_know(peer: Peer, logged: list[str]) -> None:
    async with running(await forward(peer)) as heard:
        await peer.until(lambda: peer.connected)
        for online in (True, False, False, True):
            await peer.emit(heartbeat(peer.number, 1763600000, online=online))
        await peer.notify("bot_offline", user_id=peer.number, tag="x", message="y")
        await peer.notify("group_ban", sub_type="ban", group_id=GROUP, user_id=peer.number)
        await peer.notify("group_decrease", sub_type="kick_me", group_id=GROUP, user_id=peer.number)
        await peer.say(20002000, "早", group=GROUP)
        await heard.message()
    assert [line.split("OneBot：")[1].strip() for line in logged if "WARNING" in line] == [
        "QQ 账号不在线，请到 NapCat 里看一看",
        "QQ 账号恢复在线",
        "QQ 账号已掉线，请在 NapCat 里重新登录",
        "机器人在群 12…56 被禁言",
        "机器人已不在群 12…56 里",
    ]


async def test_an_account_that_was_thrown_out_does_not_count_as_connected(peer: Peer) -> None:
    channel = await forward(peer)
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        states: list[bool] = []
        for online in (True, False, True):
            await peer.emit(heartbeat(peer.number, 1763600000, online=online))
            await peer.say(20002000, "早", group=GROUP)
            await heard.message(len(states) + 1)
            states.append(channel.connected)
        await peer.notify("bot_offline", user_id=peer.number, tag="x", message="y")
        await peer.say(20002000, "早", group=GROUP)
        await heard.message(4)
        assert [*states, channel.connected] == [True, False, True, False]
        # The word of an implementation is not always true: whatever is to be said is tried.
        assert (await channel.perform(words("在吗"))).state == "sent"
        await peer.hang_up()
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, "早", group=GROUP)
        await heard.message(5)
        assert channel.connected


async def test_no_text_and_no_whole_id_in_the_log(peer: Peer, logged: list[str]) -> None:
    async with running(await forward(peer)) as heard:
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, "#need 一件私事", group=GROUP, card="张三")
        await heard.message()
    assert logged
    for secret in ("私事", "张三", "20002000", "123456", "10001000", TOKEN):
        assert not [line for line in logged if secret in line]
