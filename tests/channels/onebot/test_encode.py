"""What the bot does, as API calls; and how long messages are cut."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.onebot.encode import Call, Speaker, UnsendableError, encode
from bot.channels.onebot.split import LIMIT, split
from community.actions import Image, Mention, Recall, Segment, Send, Text, plain

GROUP = "onebot:123456"
BOT = Speaker("10001000", "助教")
ZHANG = Mention(account="onebot:20002000", name="张三")
LI = Mention(account="onebot:30003000", name="李四")


def wired(*segments: Segment, quote: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The segments of the one call that says this in a group, as type and data."""
    (call,) = encode(Send(group=GROUP, segments=segments, quote=quote), BOT)
    assert call.action == "send_group_msg"
    assert call.params["group_id"] == 123456
    return shapes(call)


def shapes(call: Call) -> list[tuple[str, dict[str, Any]]]:
    """The segments of a call."""
    message: Any = call.params["message"]
    return [(row["type"], row["data"]) for row in message]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([Text(text="收到 [#1] a&b,")], [("text", {"text": "收到 [#1] a&b,"})]),
        ([ZHANG, Text(text="你好")], [("at", {"qq": "20002000"}), ("text", {"text": " 你好"})]),
        ([ZHANG, Text(text=" 好")], [("at", {"qq": "20002000"}), ("text", {"text": " 好"})]),
        ([ZHANG, Text(text="\n好")], [("at", {"qq": "20002000"}), ("text", {"text": " \n好"})]),
        (
            [Text(text="可以问"), ZHANG, LI],
            [
                ("text", {"text": "可以问"}),
                ("at", {"qq": "20002000"}),
                ("text", {"text": " "}),
                ("at", {"qq": "30003000"}),
            ],
        ),
        (
            [Mention(account="wechaty:wxid_a", name="王五"), Text(text="你好")],
            [("text", {"text": "@王五 "}), ("text", {"text": "你好"})],
        ),
        (
            [Image(source="file:///a.png"), Text(text="图")],
            [("image", {"file": "file:///a.png"}), ("text", {"text": "图"})],
        ),
    ],
)
def test_segments(segments: list[Segment], expected: list[tuple[str, dict[str, str]]]) -> None:
    assert wired(*segments) == expected


def test_the_quote_comes_first() -> None:
    assert wired(Text(text="好"), quote="-208931")[0] == ("reply", {"id": "-208931"})


def test_in_private_an_at_is_plain_text() -> None:
    send = Send(account="onebot:20002000", segments=(LI, Text(text="想认识你")), quote="7")
    (call,) = encode(send, BOT)
    assert (call.action, call.params["user_id"]) == ("send_private_msg", 20002000)
    assert "group_id" not in call.params
    assert shapes(call) == [
        ("reply", {"id": "7"}),
        ("text", {"text": "@李四 "}),
        ("text", {"text": "想认识你"}),
    ]


def test_a_stranger_is_written_to_through_a_shared_group() -> None:
    send = Send(account="onebot:20002000", segments=(Text(text="你好"),))
    (call,) = encode(send, BOT, via=GROUP)
    assert (call.params["user_id"], call.params["group_id"]) == (20002000, 123456)


def test_a_recall() -> None:
    assert encode(Recall(group=GROUP, message_id="-208931"), BOT) == [
        Call("delete_msg", {"message_id": -208931})
    ]


@pytest.mark.parametrize(
    "action",
    [
        Send(group="wechaty:a@chatroom", segments=(Text(text="好"),)),
        Send(account="mail:a@b.c", segments=(Text(text="好"),)),
        Send(segments=(Text(text="好"),)),
        Send(group=GROUP, segments=(), quote="7"),
        Send(group=GROUP, segments=(Text(text=""),)),
        Recall(group=GROUP, message_id="bot-1"),
    ],
)
def test_what_can_never_be_sent(action: Send | Recall) -> None:
    with pytest.raises(UnsendableError):
        encode(action, BOT)


def lines(count: int) -> Text:
    """A text of so many lines of 100 characters."""
    return Text(text="\n".join(f"{number:03d} {'长' * 95}" for number in range(count)))


def test_a_long_text_is_sent_in_parts_that_end_with_a_line() -> None:
    calls = encode(Send(group=GROUP, segments=(ZHANG, lines(40)), quote="7"), BOT)
    assert [call.action for call in calls] == ["send_group_msg"] * 3
    kinds = [[kind for kind, _ in shapes(call)] for call in calls]
    assert kinds == [["reply", "at", "text"], ["text"], ["text"]]
    texts = [str(shapes(call)[-1][1]["text"]) for call in calls]
    assert all(len(text) <= LIMIT for text in texts)
    assert [text.strip()[:3] for text in texts] == ["000", "014", "029"]


def test_a_very_long_text_becomes_a_card_behind_its_first_part() -> None:
    first, card = encode(Send(group=GROUP, segments=(ZHANG, lines(60)), quote="7"), BOT)
    assert [kind for kind, _ in shapes(first)] == ["reply", "at", "text"]
    assert (card.action, card.params["group_id"]) == ("send_group_forward_msg", 123456)
    nodes: Any = card.params["messages"]
    assert len(nodes) == 4
    assert {node["type"] for node in nodes} == {"node"}
    assert {(node["data"]["user_id"], node["data"]["nickname"]) for node in nodes} == {
        ("10001000", "助教")
    }
    # For implementations that know no cards, the same parts as plain messages.
    assert [call.params["message"] for call in card.instead] == [
        node["data"]["content"] for node in nodes
    ]


def test_in_private_there_are_no_cards() -> None:
    calls = encode(Send(account="onebot:20002000", segments=(lines(60),)), BOT)
    assert [call.action for call in calls] == ["send_private_msg"] * 4


def test_a_text_without_lines_is_cut_at_the_limit() -> None:
    parts = split([Text(text="长" * 4000)])
    assert [len(plain(tuple(part))) for part in parts] == [1500, 1500, 1000]


@pytest.mark.parametrize(
    "whole", ["https://a.cn/b?c=1", "👨\u200d👩\u200d👧", "🇨🇳", "👍🏽", "1\ufe0f\u20e3", "e\u0301"]
)
def test_what_belongs_together_is_not_cut(whole: str) -> None:
    for before in range(20):
        parts = split([Text(text="长" * before + whole + "，" + "长" * 30)], limit=20)
        texts = [plain(tuple(part)) for part in parts]
        assert len([text for text in texts if whole in text]) == 1
        assert all(len(text) <= 20 for text in texts)


def test_an_address_longer_than_a_part_is_cut() -> None:
    parts = split([Text(text="长" * 10 + "https://a.cn/" + "b" * 50)], limit=20)
    assert "".join(plain(tuple(part)) for part in parts).endswith("b" * 50)


def test_all_are_called_in_the_first_part() -> None:
    parts = split([lines(20), LI, Text(text="可以帮你")])
    assert len(parts) == 2
    assert LI in parts[0]
    assert [segment for part in parts[1:] for segment in part if isinstance(segment, Mention)] == []
    assert plain(tuple(parts[1])).endswith("@李四 可以帮你")


pieces = st.lists(
    st.builds(Text, text=st.text("字 \n", max_size=90))
    | st.builds(Mention, account=st.just("onebot:1"), name=st.text("名", max_size=9))
    | st.builds(Image, source=st.just("base64://")),
    max_size=8,
)


@given(pieces)
def test_nothing_is_lost_or_said_twice_by_cutting(segments: list[Segment]) -> None:
    parts = split(segments, limit=50)
    called = [segment for part in parts for segment in part if isinstance(segment, Mention)]
    assert sorted(called, key=repr) == sorted(
        (segment for segment in segments if isinstance(segment, Mention)), key=repr
    )
    moved = [segment for segment in called if segment in parts[0]]
    assert len(moved) == len(called)
    text = "".join(segment.text for part in parts for segment in part if isinstance(segment, Text))
    whole = "".join(segment.text for segment in segments if isinstance(segment, Text))
    assert text.count("字") == whole.count("字")
    assert all(
        sum(len(segment.text) for segment in part if isinstance(segment, Text)) <= 50
        for part in parts
    )
