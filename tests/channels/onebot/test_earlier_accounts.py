"""Accounts that were the bot's before a restart, and sit in its groups."""

from collections.abc import Collection

import pytest

from bot.channels.onebot import OneBot
from bot.channels.onebot.pool import AccountPool
from community.updates import SeatsChanged
from tests.channels.hearing import Heard, running
from tests.channels.onebot.bench import (
    GROUP,
    ROOM,
    TOKEN,
    HeldClock,
    in_the_same_group,
    served,
)
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio

SPARE, FORMER = 10002000, 10003000
LIST = "get_group_member_list"


@pytest.fixture
async def peer(peer: Peer) -> Peer:
    """It sees both of them in its group."""
    peer.seat(GROUP, SPARE, "备用")
    peer.seat(GROUP, FORMER, "从前")
    return peer


class Store:
    """Knows both of them from an earlier run, until it forgets."""

    def __init__(self) -> None:
        self.known = {f"onebot:{number}" for number in (SPARE, FORMER)}

    def __call__(self, connected: Collection[str]) -> set[str]:
        self.known |= set(connected)
        return set(self.known)

    def forget(self) -> None:
        self.known.clear()


def listed(heard: Heard) -> set[int]:
    """Which of them were told of as members."""
    told = [one for one in heard.updates if isinstance(one, SeatsChanged)]
    seats = {seat.account for one in told for seat in one.seats}
    return {number for number in (SPARE, FORMER) if f"onebot:{number}" in seats}


async def test_one_that_is_not_connected_yet_is_no_member(peer: Peer) -> None:
    second, pool = in_the_same_group(), AccountPool(Store())
    channel, other = [
        OneBot(
            access_token=TOKEN, url=await one.listen(), groups=[ROOM], clock=HeldClock(),
            sole=False, pool=pool,
        )
        for one in (peer, second)
    ]  # fmt: skip
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        assert listed(heard) == set()
        async with running(other) as also:
            await also.until(lambda: also.updates)
        assert listed(also) == set()
    await second.close()


async def test_one_that_comes_back_no_more_is_a_member(peer: Peer) -> None:
    clock, store = HeldClock(), Store()
    channel = OneBot(access_token=TOKEN, clock=clock, groups=[ROOM], pool=AccountPool(store))
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        for count, expected in ((1, set()), (2, {SPARE, FORMER})):
            await peer.asked(LIST, count=count)
            await clock.until(lambda: clock.sleeping)
            await peer.say(30003000, f"{count}")
            await heard.says(f"{count}")
            assert listed(heard) == expected
            store.forget()
            await clock.end()
