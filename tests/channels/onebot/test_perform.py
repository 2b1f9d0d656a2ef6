"""How an action ends: sent, refused, unknown or offline."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.base import Sent
from bot.channels.onebot import OneBot
from community.actions import Recall, Send, Text
from tests.channels.hearing import running
from tests.channels.onebot.bench import BRIEF, GROUP, TOKEN, HeldClock, forward, words
from tests.onebot_peer import SILENCE, Peer, Reply, failed, ok
from tests.onebot_peer.payloads import reply as reply_to
from tests.onebot_peer.payloads import text

pytestmark = pytest.mark.anyio

HELLO = [{"type": "text", "data": {"text": "你好"}}]
LONG = "\n".join("长" * 99 for _ in range(60))


@pytest.fixture
def patience() -> float:
    """How many seconds a channel waits for an answer."""
    return 10.0


without_an_answer = pytest.mark.parametrize("patience", [BRIEF])


@pytest.fixture
async def channel(peer: Peer, patience: float) -> AsyncIterator[OneBot]:
    """A channel that is connected to the peer."""
    channel = await forward(peer, HeldClock(), patience)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)  # the member list: all is set up
        yield channel


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (ok({"message_id": -77}), Sent("sent", "-77")),
        (ok({}), Sent("sent")),
        (ok(None), Sent("sent")),
        ({"status": "async", "retcode": 1, "data": None}, Sent("sent")),
        (failed(1200, "Timeout: NTEvent"), Sent("unknown", detail="1200 Timeout: NTEvent")),
        (failed(1404, "不支持的API"), Sent("refused", detail="1404 不支持的API")),
        (failed(1403, "token验证失败"), Sent("refused", detail="1403 token验证失败")),
        (failed(404), Sent("refused", detail="1404")),
        (failed(100), Sent("refused", detail="100")),
        ({"status": "failed"}, Sent("refused")),
    ],
)
async def test_how_a_send_ends(peer: Peer, channel: OneBot, reply: Reply, expected: Sent) -> None:
    peer.answer("send_group_msg", reply)
    assert await channel.perform(words("收到")) == expected


@without_an_answer
async def test_how_a_send_ends_that_nobody_answers(peer: Peer, channel: OneBot) -> None:
    peer.answer("send_group_msg", SILENCE)
    assert await channel.perform(words("收到")) == Sent("unknown", detail="没有等到回应")


async def test_answers_find_their_questions(peer: Peer, channel: OneBot) -> None:
    numbers = [f"第 {number} 条" for number in range(20)]
    sent = await asyncio.gather(*(channel.perform(words(text)) for text in numbers))
    requests = peer.calls("send_group_msg")
    assert sorted(request.text for request in requests) == sorted(numbers)
    by_id = {str(said): event for said, event in peer.stock.spoken.items()}
    for number, result in zip(numbers, sent, strict=True):
        assert result.message_id is not None
        assert by_id[result.message_id]["message"][0]["data"]["text"] == number


@without_an_answer
async def test_a_late_answer_disturbs_nothing(peer: Peer, channel: OneBot) -> None:
    peer.answer("send_group_msg", SILENCE)
    assert (await channel.perform(words("一"))).state == "unknown"
    await peer.send_raw('{"status":"ok","retcode":0,"data":{"message_id":1},"echo":"1"}')
    peer.answer("send_group_msg", ok({"message_id": 2}))
    assert await channel.perform(words("二")) == Sent("sent", "2")


async def test_the_connection_ends_while_waiting(peer: Peer, channel: OneBot) -> None:
    peer.answer("send_group_msg", SILENCE)
    sending = asyncio.create_task(channel.perform(words("一")))
    await peer.heard()
    await peer.hang_up()
    assert (await sending).state == "unknown"


async def test_nothing_leaves_without_a_connection(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url="ws://127.0.0.1:1", clock=HeldClock())
    assert (await channel.perform(words("一"))).state == "offline"
    assert peer.requests == []


async def test_what_cannot_be_sent_is_refused(channel: OneBot) -> None:
    mail = Send(account="mail:a@b.c", segments=(Text(text="你好"),))
    assert await channel.perform(mail) == Sent("refused", detail="不是 QQ 账号")


def private(**fields: str) -> Send:
    """Something to say to 小红 alone."""
    return Send(account="onebot:30003000", segments=(Text(text="你好"),), **fields)


@pytest.mark.parametrize("send", [private(), private(via_group=f"onebot:{GROUP}")])
async def test_to_a_stranger_from_the_group_that_both_are_in(
    peer: Peer, channel: OneBot, send: Send
) -> None:
    assert (await channel.perform(send)).state == "sent"
    (request,) = peer.calls("send_private_msg")
    assert (request.params["user_id"], request.params["group_id"]) == (30003000, GROUP)


@without_an_answer
@pytest.mark.parametrize("reply", [failed(1200, "无法获取用户信息"), ok({}), ok(None), SILENCE])
async def test_private_words_never_go_by_a_group_that_may_not_hold_the_person(
    peer: Peer, channel: OneBot, reply: Reply
) -> None:
    peer.answer("get_group_member_info", reply)
    assert (await channel.perform(private())).state == "sent"
    (request,) = peer.calls("send_private_msg")
    assert request.params == {"user_id": 30003000, "message": HELLO}


async def test_back_to_somebody_who_wrote_in_private(peer: Peer, channel: OneBot) -> None:
    await peer.say(30003000, "在吗")
    await peer.say(30003000, [reply_to(5), text("#help")])  # asks for 5: the first is heard
    await peer.asked("get_msg")
    assert (await channel.perform(private())).state == "sent"
    (request,) = peer.calls("send_private_msg")
    assert "group_id" not in request.params
    assert peer.calls("get_group_member_info") == []


async def test_a_recall(peer: Peer, channel: OneBot) -> None:
    sent = await channel.perform(words("收到"))
    assert sent.message_id is not None
    recall = Recall(group=f"onebot:{GROUP}", message_id=sent.message_id)
    assert (await channel.perform(recall)).state == "sent"
    assert peer.calls("delete_msg")[0].params == {"message_id": int(sent.message_id)}
    peer.answer("delete_msg", failed(1200, "Recall failed"))
    assert await channel.perform(recall) == Sent("refused", detail="1200 Recall failed")


async def test_a_very_long_text_goes_out_as_a_card(peer: Peer, channel: OneBot) -> None:
    sent = await channel.perform(words(LONG))
    assert sent.state == "sent"
    assert len(peer.calls("send_group_msg")) == 1
    (card,) = peer.calls("send_group_forward_msg")
    nodes = [node["data"] for node in card.params["messages"]]
    assert {(node["user_id"], node["nickname"]) for node in nodes} == {("10001000", "助教")}
    first = peer.calls("send_group_msg")[0].text
    rest = [node["content"][0]["data"]["text"] for node in nodes]
    assert "\n".join([first, *rest]) == LONG


@pytest.mark.parametrize("unknown", [1404, 404])
async def test_an_implementation_without_cards_is_asked_once(
    peer: Peer, channel: OneBot, unknown: int
) -> None:
    peer.answer("send_group_forward_msg", failed(unknown))
    for _ in range(2):
        assert (await channel.perform(words(LONG))).state == "sent"
    assert len(peer.calls("send_group_forward_msg")) == 1
    texts = [request.text for request in peer.calls("send_group_msg")]
    assert "\n".join(texts) == f"{LONG}\n{LONG}"


async def test_half_of_a_long_text_is_never_sent_twice(peer: Peer, channel: OneBot) -> None:
    peer.answer("send_group_forward_msg", failed(100, "内容过长"))
    sent = await channel.perform(words(LONG))
    assert sent.state == "unknown"
    assert sent.message_id == str(peer.stock.next_id)
    assert "内容过长" in sent.detail
