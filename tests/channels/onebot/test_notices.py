"""Recalls, and changes among the members, as updates."""

import pytest

from bot.channels.onebot.decode import decode
from bot.channels.seats import Seats
from community.updates import (
    MemberJoined,
    MemberLeft,
    Message,
    Recalled,
    Seat,
    SeatsChanged,
    Update,
)
from tests.channels.onebot.events import GROUP, OWN, TIME, known, said
from tests.onebot_peer import payloads
from tests.onebot_peer.payloads import text


def noticed(kind: str, **fields: object) -> Update | None:
    """What becomes of a notice about 小红 in the group."""
    fields = {"group_id": 123456, "user_id": 30003000, **fields}
    return decode(payloads.notice(kind, own=OWN, time=TIME, **fields), known())


def test_a_recall_names_the_message_its_author_and_who_did_it() -> None:
    update = noticed("group_recall", operator_id=50005000, message_id=-208931)
    assert isinstance(update, Recalled)
    assert (update.group, update.message_id, update.by) == (GROUP, "-208931", "onebot:50005000")
    assert update.author == "onebot:30003000"
    original = decode(said(text("早")), Seats())
    assert isinstance(original, Message)
    assert original.message_id == update.message_id


def test_an_id_that_comes_again_after_a_restart_is_recalled_again() -> None:
    event = payloads.notice("group_recall", own=OWN, time=TIME, group_id=123456, message_id=7)
    first, again, later = (
        decode({**event, "time": time}, Seats()) for time in (TIME, TIME, TIME + 600)
    )
    assert first is not None
    assert again is not None
    assert later is not None
    assert first.key == again.key != later.key


def test_a_private_recall() -> None:
    event = payloads.notice("friend_recall", own=OWN, time=TIME, user_id=20002000, message_id=12)
    update = decode(event, Seats())
    assert isinstance(update, Recalled)
    assert (update.group, update.message_id, update.by) == (None, "12", "onebot:20002000")


@pytest.mark.parametrize(
    ("kind", "fields", "seat"),
    [
        (
            "group_card",
            {"card_new": "李四-某公司", "card_old": ""},
            Seat(account="onebot:30003000", name="小红", card="李四-某公司"),
        ),
        (
            "group_admin",
            {"sub_type": "set"},
            Seat(account="onebot:30003000", name="小红", card="李四", role="admin"),
        ),
    ],
)
def test_changes_among_the_members(kind: str, fields: dict[str, object], seat: Seat) -> None:
    update = noticed(kind, **fields)
    assert isinstance(update, SeatsChanged)
    assert update.group == GROUP
    assert update.seats == (seat,)
    assert update.left == ()
    assert not update.complete


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("group_admin", {"sub_type": "set", "user_id": 40004000}), ("group_card", {})],
)
def test_what_a_notice_does_not_say_of_a_card(kind: str, fields: dict[str, object]) -> None:
    """Else somebody would be told that he wears none."""
    assert noticed(kind, **fields) is None


def test_somebody_comes() -> None:
    update = noticed("group_increase", user_id=40004000, operator_id=50005000, sub_type="approve")
    assert isinstance(update, MemberJoined)
    assert (update.group, update.by) == (GROUP, "onebot:50005000")
    assert update.seat == Seat(account="onebot:40004000")
    assert update.key == "group_increase:123456:40004000:1763600000"


@pytest.mark.parametrize(
    ("fields", "by"),
    [
        ({"sub_type": "leave", "operator_id": 30003000}, "onebot:30003000"),
        ({"sub_type": "leave", "operator_id": 0}, "onebot:30003000"),
        ({"sub_type": "kick", "operator_id": 50005000}, "onebot:50005000"),
    ],
)
def test_somebody_is_gone(fields: dict[str, object], by: str) -> None:
    update = noticed("group_decrease", **fields)
    assert isinstance(update, MemberLeft)
    assert (update.group, update.account, update.by) == (GROUP, "onebot:30003000", by)
