"""Who sits and who waits, whatever happens before."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.events.allocation import Allocation, Entry, allocate
from tests.community.conftest import NOW


def entry(number: int, state: Any, **fields: Any) -> Entry:
    """The lower the number, the earlier he signed up."""
    return Entry(number, state, NOW + timedelta(minutes=number), **fields)


FIRST = {"priority": True}


@pytest.mark.parametrize(
    ("entries", "cap", "late", "outcome"),
    [
        pytest.param([entry(1, "new")], 1, False, Allocation(seated=(1,)), id="free"),
        pytest.param(
            [entry(1, "seated"), entry(2, "new")], 1, False, Allocation(waiting=(2,)), id="full"
        ),
        pytest.param(
            [entry(1, "seated"), entry(2, "waiting"), entry(3, "waiting")], 2, False,
            Allocation(offered=(2,), waiting=(3,)), id="the first who waits",
        ),
        pytest.param(
            [entry(1, "seated"), entry(2, "waiting"), entry(3, "waiting", **FIRST)], 2, True,
            Allocation(offered=(3,), waiting=(2,)), id="priority among those who wait",
        ),
        pytest.param(
            [entry(n, "waiting") for n in (1, 2, 3)], 2, False,
            Allocation(offered=(1, 2), waiting=(3,)), id="several seats at once",
        ),
        pytest.param(
            [entry(1, "seated"), entry(2, "seated"), entry(3, "waiting"), entry(4, "new", **FIRST)],
            2, False, Allocation(seated=(4,), displaced=(2,), waiting=(2, 3)),
            id="priority takes the last seat, and who had it waits first",
        ),
        pytest.param(
            [entry(1, "seated"), entry(2, "offered"), entry(3, "new", **FIRST)], 2, False,
            Allocation(seated=(3,), displaced=(2,), waiting=(2,)), id="an offered seat as well",
        ),
        pytest.param(
            [entry(1, "seated"), entry(2, "new", **FIRST)], 1, True, Allocation(waiting=(2,)),
            id="not after the deadline",
        ),
        pytest.param(
            [entry(1, "seated", **FIRST), entry(2, "new", **FIRST)], 1, False,
            Allocation(waiting=(2,)), id="nobody who has priority himself",
        ),
        pytest.param(
            [entry(1, "waiting", behind=True), entry(2, "waiting")], 1, False,
            Allocation(offered=(2,), waiting=(1,)), id="who has missed too much comes last",
        ),
        pytest.param(
            [entry(1, "seated"), entry(2, "seated")], 1, False, Allocation(),
            id="nobody is sent away",
        ),
    ],
)  # fmt: skip
def test_the_rule(entries: list[Entry], cap: int, late: bool, outcome: Allocation) -> None:
    assert allocate(entries, cap=cap, may_displace=not late) == outcome


STEP = st.tuples(
    st.sampled_from(("sign up", "leave", "confirm", "more seats")), st.integers(1, 9), st.booleans()
)


@given(st.lists(STEP, max_size=40), st.integers(1, 4), st.sets(st.integers(1, 9)))
def test_in_no_history_more_sit_than_there_are_seats(
    steps: list[tuple[str, int, bool]], cap: int, first: set[int]
) -> None:
    held: dict[int, Entry] = {}
    for at, (step, who, late) in enumerate(steps):
        match step:
            case "sign up" if who not in held:
                asked = NOW + timedelta(minutes=at)
                held[who] = Entry(who, "new", asked, priority=who in first)
            case "leave":
                held.pop(who, None)
            case "confirm" if who in held and held[who].state == "offered":
                held[who] = _now(held[who], "seated")
            case "more seats":
                cap += 1
        found = allocate(list(held.values()), cap=cap, may_displace=not late)
        held |= {one: _now(held[one], "seated") for one in found.seated}
        held |= {one: _now(held[one], "offered") for one in found.offered}
        held |= {one: _now(held[one], "waiting", displaced=True) for one in found.displaced}
        held |= {one: _now(held[one], "waiting") for one in found.waiting}
        sit = [one for one in held.values() if one.state in ("seated", "offered")]
        assert len(sit) == min(cap, len(held)), "no seat is given twice, and none stays empty"
        assert sorted(found.waiting) == sorted(set(held) - {one.member_id for one in sit})
        if not late and who in first and step == "sign up" and found.waiting:
            assert held[who].state != "waiting" or all(one.priority for one in sit)


def _now(one: Entry, state: Any, *, displaced: bool = False) -> Entry:
    displaced = displaced or one.displaced
    return Entry(one.member_id, state, one.asked_at, one.priority, one.behind, displaced)
