"""The life of an application as a table."""

from typing import get_args

import pytest

from community.vetting.states import ASKED, OPEN, TABLE, WAITING, Event, State, following

ENDS = {"approved", "rejected", "withdrawn", "timed_out", "superseded"}
HAPPENS = {
    "draft": {"submit", "withdraw", "time_out", "supersede"},
    "submitted": {"ask", "approve", "reject", "withdraw", "supersede"},
    "needs_info": {"answer", "ask", "approve", "reject", "withdraw", "time_out", "supersede"},
}
LEADS_TO = {
    "submit": "submitted",
    "answer": "submitted",
    "ask": "needs_info",
    "approve": "approved",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "time_out": "timed_out",
    "supersede": "superseded",
}


@pytest.mark.parametrize("state", get_args(State))
@pytest.mark.parametrize("event", get_args(Event))
def test_every_cell(state: str, event: Event) -> None:
    expected = LEADS_TO[event] if event in HAPPENS.get(state, set()) else None
    assert following(state, event) == expected


def test_what_has_ended_stays_ended_and_everything_can_end() -> None:
    assert set(get_args(State)) - OPEN == ENDS
    assert set(TABLE.values()) <= set(get_args(State))
    for state in OPEN:
        assert {after for (before, _), after in TABLE.items() if before == state} & ENDS
    assert WAITING | ASKED == OPEN


def test_nothing_is_approved_that_was_not_sent() -> None:
    before = {state for (state, event), _ in TABLE.items() if event == "approve"}
    assert before == {"submitted", "needs_info"}


def test_what_waits_for_a_human_does_not_time_out() -> None:
    assert following("submitted", "time_out") is None
