"""Whatever arrives, decoding does not fail; CQ codes mean the same as segments."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.onebot.cq import parse, pieces, unescape
from bot.channels.onebot.decode import decode
from bot.channels.onebot.messages import with_quoted
from bot.channels.onebot.seats import seats_from
from bot.channels.seats import Seats
from community.updates import Message, SeatsChanged, dump_update, load_update
from tests.onebot_peer import payloads
from tests.onebot_peer.cq import escape, to_cq

Json = Any
# Half surrogate pairs included: JSON can hold them.
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
kinds = st.sampled_from(["text", "at", "reply", "image", "json", "forward", "face"])
segments = st.lists(
    st.fixed_dictionaries(
        {"type": kinds | anything},
        optional={
            "data": anything
            | st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("text", "qq", "id", "name"), anything)
            )
        },
    ),
    max_size=5,
)
FIELDS = (
    *("message_id", "user_id", "group_id", "self_id", "time", "sender", "raw_message", "role"),
    *("flag", "operator_id"),
)
events = st.fixed_dictionaries(
    {
        "post_type": st.sampled_from(["message", "notice", "request", "meta_event"]) | anything,
        "message_type": st.sampled_from(["group", "private"]) | anything,
        "notice_type": st.sampled_from(
            ["group_recall", "group_increase", "group_decrease", "group_card", "group_admin"]
        )
        | anything,
        "request_type": st.sampled_from(["group", "friend"]) | anything,
    },
    optional={
        "message": segments | anything,
        "sub_type": st.sampled_from(["add", "invite", "set"]) | anything,
        "comment": st.text(st.characters()) | anything,
        **{name: st.integers(0, 2**40) | anything for name in FIELDS},
    },
)


@given(anything | events)
def test_decoding_never_fails_and_gives_what_can_be_stored(event: Json) -> None:
    update = decode(event, Seats())
    assert update is None or load_update(dump_update(update)) == update


@given(anything | st.fixed_dictionaries({"message": segments, "sender": anything}))
def test_whatever_answers_a_question_for_a_quoted_message(answer: Json) -> None:
    said = payloads.message(
        own=1, user=2, segments=[payloads.reply(3)], message_id=4, time=5, group=6
    )
    message = decode(said, Seats())
    assert isinstance(message, Message)
    dump_update(with_quoted(message, answer, Seats()))


rows_of_members = st.fixed_dictionaries(
    {"user_id": st.integers(1, 2**40) | anything},
    optional=dict.fromkeys(("nickname", "card", "role"), anything),
)


@given(st.lists(anything | rows_of_members))
def test_whatever_answers_for_a_member_list(rows: list[Json]) -> None:
    update = SeatsChanged(
        channel="onebot:1", key="k", time=datetime(2026, 3, 2, tzinfo=UTC), group="onebot:6",
        complete=True, seats=tuple(seats_from(rows, own="1")),
    )  # fmt: skip
    assert load_update(dump_update(update)) == update


words = st.text(st.characters() | st.sampled_from("[],&;#=CQ:amp9134"), max_size=30)
keys = st.sampled_from(["qq", "id", "file", "url"])
wellformed = st.lists(
    st.fixed_dictionaries({"type": st.just("text"), "data": st.fixed_dictionaries({"text": words})})
    | st.fixed_dictionaries(
        {"type": st.sampled_from(["at", "image"]), "data": st.dictionaries(keys, words)}
    ),
    max_size=5,
)


@given(wellformed)
def test_a_message_written_in_cq_codes_reads_the_same(message: list[Json]) -> None:
    expected: list[tuple[str, Json]] = []
    for kind, data in pieces(message):
        if kind == "text" and expected and expected[-1][0] == "text":
            expected[-1] = ("text", {"text": expected[-1][1]["text"] + data["text"]})
        elif kind != "text" or data["text"]:
            expected.append((kind, dict(data)))
    assert [(kind, dict(data)) for kind, data in parse(to_cq(message))] == expected


@given(words)
def test_escaping_is_undone_once(text: str) -> None:
    assert unescape(escape(text)) == text
    assert unescape(escape(escape(text))) == escape(text)
