"""What an implementation of OneBot may do to the bot."""

import asyncio
import json
from collections import Counter
from typing import Any

import pytest
from sqlmodel import select

from bot.incoming.length import MAX_LENGTH
from storage.tables import Inbox, Post
from tests.faults.conftest import ADMIN, GROUP, OTHER, Wire
from tests.onebot_peer import SILENCE, Reply, failed, ok
from tests.onebot_peer.payloads import Segment, image, reply, text

pytestmark = pytest.mark.anyio

ASK = "#我的"
HUGE = 1_000_000


async def test_away_before_an_answer(wire: Wire) -> None:
    said = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(said)
    await wire.peer.close()
    lost = await wire.peer.say(1, ASK, group=GROUP)  # nobody hears it
    await wire.peer.listen(wire.peer.port)
    later = await wire.peer.say(2, ASK, group=OTHER)
    await wire.answered(lost, later)
    assert await wire.states() == ["sent"] * 3
    assert Counter(wire.quotes()) == {str(one): 1 for one in (said, lost, later)}


async def test_away_while_an_answer_is_on_its_way(wire: Wire) -> None:
    hanging: list[asyncio.Task[None]] = []

    def hang_up(_params: dict[str, Any]) -> Reply:
        wire.peer.answer("send_group_msg", ok({"message_id": 7}))
        hanging.append(asyncio.create_task(wire.peer.hang_up()))
        return SILENCE

    wire.peer.answer("send_group_msg", hang_up)
    first = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(first)
    await asyncio.gather(*hanging)
    second = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(second)
    assert await wire.states() == ["unknown", "sent"]
    assert wire.quotes() == [str(first), str(second)]


async def test_away_right_after_an_answer(wire: Wire) -> None:
    for _ in range(3):
        said = await wire.peer.say(1, ASK, group=GROUP)
        await wire.answered(said)
        await wire.peer.hang_up()
        await wire.peer.until(lambda: wire.peer.connected)
    states = await wire.states()
    assert len(states) == 3
    assert set(Counter(wire.quotes()).values()) == {1}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (failed(1200, "Timeout"), "unknown"),
        (failed(100, "参数错误"), "refused"),
        ({"status": "failed"}, "refused"),
        (SILENCE, "unknown"),
        ({"status": ["ok"], "retcode": "?", "data": 5}, "refused"),
    ],
    ids=["1200", "failed", "bare", "silence", "nonsense"],
)
@pytest.mark.parametrize("patience", [1.0])  # seconds until the silence is over
async def test_an_answer_that_is_none_is_not_repeated(
    wire: Wire, answer: Reply, state: str
) -> None:
    wire.peer.answer("send_group_msg", answer)
    first = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(first)
    assert await wire.states() == [state]
    wire.peer.answer("send_group_msg", ok({"message_id": 1}))
    second = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(second)
    assert await wire.states() == [state, "sent"]
    assert wire.quotes() == [str(first), str(second)]


async def test_the_last_fifty_again_twice_and_backwards(wire: Wire) -> None:
    said = [await wire.peer.say(n % 3 + 1, ASK, group=GROUP) for n in range(50)]
    await wire.answered(*said)
    again = [wire.peer.stock.spoken[one] for one in said]
    for event in (*again, *again, *reversed(again)):
        await wire.peer.emit(event)
    await wire.peer.hang_up()
    last = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(last)
    await wire.states()
    assert Counter(wire.quotes()) == {str(one): 1 for one in (*said, last)}


async def test_one_id_in_two_groups_is_two_messages(wire: Wire) -> None:
    for group in (GROUP, OTHER, GROUP):
        await wire.peer.say(1, ASK, group=group, message_id=77, at=1_900_000_000)
    await wire.answered(77, times=2)
    await wire.states()
    groups = [one.params["group_id"] for one in wire.peer.calls("send_group_msg")]
    assert sorted(groups) == [GROUP, OTHER]


FRAMES: list[str | bytes] = [
    "", "{", "null", "[]", "[[[[", "0", '"#我的"', b"\x00\xff\xfe", "{}", '{"post_type": 5}',
    '{"self_id": 1, "time": "x", "post_type": "message"}', "[" * 5000,
    '{"echo": "1", "status": "ok"}', '{"self_id": 1e400, "time": -1, "post_type": "message"}',
]  # fmt: skip


async def test_garbage_between_commands(wire: Wire) -> None:
    for frame in FRAMES:
        await wire.peer.send_raw(frame)
    first = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(first)
    assert wire.peer.dials == 1, "garbage costs no connection"


@pytest.mark.parametrize("word", ["#求", "#找"])
async def test_a_million_characters_are_refused_in_one_sentence(wire: Wire, word: str) -> None:
    said = await wire.peer.say(1, f"{word} {'长' * HUGE}", group=GROUP)
    later = await wire.peer.say(2, ASK, group=GROUP)
    await wire.answered(said, later)
    told = wire.peer.calls("send_group_msg", "send_private_msg")
    assert len(told) == 2
    assert "10000" in told[0].text
    assert len(told[0].text) < 100
    assert posts(wire) == []
    with wire.database.read() as session:
        assert max(len(one) for one in session.exec(select(Inbox.update))) < 2 * MAX_LENGTH


def strange(kind: str, **data: Any) -> Segment:
    return {"type": kind, "data": data}


FORWARDED = strange("forward", id="1", content=[{"message": [text("#求 找一位会计")]}])
CARD = strange("json", data=json.dumps({"prompt": "#求 找一位会计"}))
SILENT: dict[str, list[Segment]] = {
    "forwarded": [FORWARDED],
    "in a card": [CARD],
    "quoted": [reply(1), text("说得对")],
    "a picture of it": [image()],
    "a file named so": [strange("file", file="#求 找一位会计.txt")],
    "unknown segments": [strange("hologram", text="#求 找一位会计"), strange("", x=None)],
    "zero width only": [text("\u200b\u200d\u2060\ufeff")],
    "within the text": [text("别再发 #求 了")],
}


@pytest.mark.parametrize("message", SILENT.values(), ids=SILENT)
async def test_what_only_holds_a_command_is_no_command(wire: Wire, message: list[Segment]) -> None:
    command = await wire.peer.say(2, "#求 找一位会计", group=OTHER, message_id=1)
    await wire.peer.say(1, message, group=GROUP)
    end = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(command, end)
    await wire.states()
    assert sorted(wire.quotes()) == sorted([str(command), str(end)])


SAID: dict[str, list[Segment]] = {
    "zero width before and within": [text("\u200b#\u200b求\u2060 找一位会计")],
    "unknown segments around": [strange("hologram"), text("#求 找一位会计"), strange("x", y=[1])],
    "in pieces": [text("#求"), text(" 找一位"), text("会计")],
    "right to left": [text("#求 找一位\u202e会计\u202c")],
}


@pytest.mark.parametrize("message", SAID.values(), ids=SAID)
async def test_what_is_a_command_all_the_same(wire: Wire, message: list[Segment]) -> None:
    said = await wire.peer.say(1, message, group=GROUP)
    await wire.answered(said)
    assert len(posts(wire)) == 1


async def test_unknown_fields_and_strange_senders(wire: Wire) -> None:
    said = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(said)
    event = wire.peer.stock.spoken[said]
    changes: list[dict[str, Any]] = [
        {"sender": None}, {"sender": {"nickname": 5, "card": ["x"], "role": {}}},
        {"font": {}, "extra": [1], "sub_type": 3}, {"raw_message": 9, "message_seq": "?"},
    ]  # fmt: skip
    for n, change in enumerate(changes):
        await wire.peer.emit({**event, **change, "message_id": 5000 + n})
    await wire.answered(*(5000 + n for n in range(len(changes))))


async def test_a_nickname_that_calls_everybody_calls_nobody(wire: Wire) -> None:
    await wire.peer.say(
        1, "#供 会计报税，十年经验", group=GROUP, card="@全体成员", nickname="[CQ:at,qq=all]"
    )
    said = await wire.peer.say(2, "#求 找一位会计报税", group=GROUP)
    await wire.answered(said)
    calls = wire.peer.calls("send_group_msg")
    assert any("@1" in one.text for one in calls)
    assert {data["qq"] for one in calls for data in one.data("at")} <= {"1", "2"}


async def test_its_own_words_are_nobodys(wire: Wire) -> None:
    await wire.peer.say(wire.peer.number, "#求 找一位会计", group=GROUP)
    end = await wire.peer.say(1, ASK, group=GROUP)
    await wire.answered(end)
    assert wire.quotes() == [str(end)]
    assert posts(wire) == []


async def test_another_bot_that_repeats_everything_makes_no_loop(wire: Wire) -> None:
    parrot = 3
    await wire.peer.say(1, "#帮助", group=GROUP)
    await wire.peer.say(ADMIN, "#求 找一位会计", group=GROUP)
    done = 0
    for _ in range(6):
        await wire.states()
        calls = wire.peer.calls("send_group_msg")
        for one in calls[done:]:
            await wire.peer.say(parrot, one.text, group=GROUP)
        done = len(calls)
        end = await wire.peer.say(1, ASK, group=OTHER)
        await wire.answered(end)
    await wire.states()
    assert len(wire.peer.calls("send_group_msg")) <= 2 + 6 + 3


def posts(wire: Wire) -> list[str]:
    with wire.database.read() as session:
        assert not session.exec(select(Inbox).where(Inbox.state == "failed")).all()
        return list(session.exec(select(Post.text)))


@pytest.mark.parametrize("whole", [False, True])
async def test_muted_in_a_group_while_there_is_something_to_say(wire: Wire, whole: bool) -> None:
    muted = {"group_id": GROUP, "user_id": 0 if whole else wire.peer.number, "operator_id": 1}
    await wire.peer.notify("group_ban", sub_type="ban", duration=-1 if whole else 600, **muted)
    asked = [await wire.peer.say(one, ASK, group=GROUP) for one in (1, 2, 3)]
    elsewhere = await wire.peer.say(1, ASK, group=OTHER)
    await wire.answered(elsewhere)
    assert wire.quotes() == [str(elsewhere)]
    await wire.peer.notify("group_ban", sub_type="lift_ban", duration=0, **muted)
    await wire.answered(*asked)
    assert await wire.states() == ["sent"] * 4
    assert len(wire.quotes()) == 4
