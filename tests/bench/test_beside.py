"""The driver and the table of the comparison; what it starts is tested by running it."""

import json

from bench.beside.report import DRIVER, table
from bench.driver import frames


def test_medians_with_their_spread_and_the_ratio() -> None:
    found = {
        ("no posts", "p50, ms", "ours"): [30.0, 10.0, 20.0],
        ("no posts", "p50, ms", "peer"): [4.0, 5.0, 1234.5],
        ("no posts", f"p50: {DRIVER}", "ours"): [7.4],
        ("no posts", f"p50: {DRIVER}", "peer"): [3.0],
    }
    assert table(found, rounds=3).splitlines()[2:] == [
        "| no posts | p50, ms | 20 (10–30) | 5 (4–1,234) | 4.00 |",
        "",
        "The driver took at most 7 % of a core.",
    ]


def test_an_answer_is_known_by_what_it_quotes() -> None:
    quote = {"type": "reply", "data": {"id": "77"}}
    text = {"type": "text", "data": {"text": "已记下"}}
    assert frames.quoted({"message": [quote, text]}) == 77
    assert frames.quoted({"message": [text]}) is None
    assert frames.quoted({"group_id": 1}) is None


def test_calls_are_answered_with_their_echo() -> None:
    def told(action: str) -> frames.Frame:
        call = {"action": action, "params": {"group_id": 5}, "echo": "e"}
        answer = frames.answer(call, groups=[5], people=[1, 2], message_id=9)
        frame: frames.Frame = json.loads(answer)
        return frame

    assert told("send_group_msg")["data"] == {"message_id": 9}
    assert [row["user_id"] for row in told("get_group_member_list")["data"]] == [1, 2]
    assert (told("set_group_kick")["status"], told("set_group_kick")["echo"]) == ("failed", "e")
