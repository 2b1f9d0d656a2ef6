"""Accounts that were the bot's before a restart, and sit in its groups."""

from datetime import timedelta

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


def earlier() -> AccountPool:
    """Both have told something."""
    return AccountPool(f"onebot:{number}" for number in (SPARE, FORMER))


def listed(heard: Heard) -> set[int]:
    """Which of them were told of as members."""
    told = [one for one in heard.updates if isinstance(one, SeatsChanged)]
    seats = {seat.account for one in told for seat in one.seats}
    return {number for number in (SPARE, FORMER) if f"onebot:{number}" in seats}


async def dialling(pool: AccountPool, clock: HeldClock, *peers: Peer) -> list[OneBot]:
    """A channel for each."""
    return [
        OneBot(
            access_token=TOKEN, url=await one.listen(), groups=[ROOM], clock=clock,
            sole=len(peers) == 1, pool=pool,
        )
        for one in peers
    ]  # fmt: skip


async def test_one_that_is_not_connected_yet_is_no_member(peer: Peer) -> None:
    second = in_the_same_group()
    channel, other = await dialling(earlier(), HeldClock(), peer, second)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        assert listed(heard) == set()
        async with running(other) as also:
            await also.until(lambda: also.updates)
        assert listed(also) == set()
    await second.close()


async def test_one_that_was_replaced_is_a_member_from_the_start(peer: Peer) -> None:
    [channel] = await dialling(earlier(), HeldClock(), peer)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        assert listed(heard) == {SPARE, FORMER}


async def test_one_that_was_replaced_is_a_member_once_all_the_others_are_known(
    peer: Peer,
) -> None:
    second, clock = in_the_same_group(), HeldClock()
    channel, other = await dialling(earlier(), clock, peer, second)
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        async with running(other) as also:
            await also.until(lambda: also.updates)
            await clock.until(lambda: clock.sleeping >= 2)
            await clock.end()
            await heard.until(lambda: listed(heard))
    assert listed(heard) == {FORMER}
    await second.close()


async def test_one_that_dials_has_a_day_to_come_back(peer: Peer) -> None:
    clock, count = HeldClock(), 1
    channel = OneBot(access_token=TOKEN, clock=clock, groups=[ROOM], pool=earlier())
    async with served(channel) as url, running(channel) as heard:
        await peer.dial(url)
        for hours, expected in ((0, set()), (23, set()), (2, {SPARE, FORMER})):
            clock.advance(timedelta(hours=hours))
            if hours:
                await clock.end()
            await peer.asked(LIST, count=count)
            await clock.until(lambda: clock.sleeping)
            await peer.say(30003000, f"{count}")
            await heard.says(f"{count}")
            assert listed(heard) == expected
            count += 1
