"""Lists of members, and what is told while they are on their way."""

from datetime import UTC, datetime

import pytest

from bot.channels.onebot.seats import note
from bot.channels.seats import Seats
from community.updates import MemberJoined, MemberLeft, Seat

GROUP = "onebot:100"
ZHANG, LI, WANG = (Seat(account=f"onebot:{one}", name=one) for one in ("张三", "李四", "王五"))


def test_a_list_may_be_older_than_what_is_told_meanwhile() -> None:
    seats = Seats()
    seats.replace(GROUP, [ZHANG, LI])
    seats.begin_refresh(GROUP)
    seats.join(GROUP, WANG)
    seats.leave(GROUP, LI.account)
    assert not seats.replace(GROUP, [ZHANG, LI])
    assert set(seats.names(GROUP).values()) == {"张三", "王五"}
    seats.begin_refresh(GROUP)
    assert seats.replace(GROUP, [ZHANG]).left == (WANG.account,)


def test_so_it_is_with_notices() -> None:
    about = {"channel": "onebot:1", "time": datetime.now(UTC), "group": GROUP}
    seats = Seats()
    seats.replace(GROUP, [ZHANG, LI])
    seats.begin_refresh(GROUP)
    note(seats, MemberJoined(key="a", seat=WANG, **about))
    note(seats, MemberLeft(key="b", account=LI.account, **about))
    assert not seats.replace(GROUP, [ZHANG, LI])
    assert (seats.find(GROUP, WANG.account), seats.find(GROUP, LI.account)) == (WANG, None)


@pytest.mark.parametrize("known", [False, True])
def test_an_account_of_the_bot_that_comes_while_a_list_is_on_its_way(known: bool) -> None:
    seats = Seats()
    seats.replace(GROUP, [ZHANG])
    seats.begin_refresh(GROUP)
    if known:
        seats.own.add(WANG.account)
    seats.join(GROUP, WANG)
    seats.own.add(WANG.account)
    assert not seats.replace(GROUP, [ZHANG, WANG])
    assert seats.find(GROUP, WANG.account) is None
