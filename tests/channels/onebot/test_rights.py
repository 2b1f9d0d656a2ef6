"""Several accounts in a group: not each of them may do everything there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.channels.onebot import OneBot
from bot.channels.onebot.pool import AccountPool
from community.actions import Action, AnswerRequest, Kick, SetCard
from community.updates import BotInvited
from tests.channels.hearing import Heard, running
from tests.channels.onebot.bench import GROUP, ROOM, TOKEN, HeldClock
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio

FLAG = "1772438400151114"
MEMBER, STRANGER = "onebot:30003000", "onebot:40004000"
CARD = SetCard(group=ROOM, account=MEMBER, card="李四-某公司-产品经理")
KICK = Kick(group=ROOM, account=MEMBER)
LET_IN = AnswerRequest(kind="join", group=ROOM, account=STRANGER, flag=FLAG, approve=True)


@dataclass
class Pair:
    """The channel of the first one, which is asked to act, and what either of them hears."""

    channel: OneBot
    heard: Heard
    also: Heard


async def sat(number: int, role: str) -> AsyncIterator[Peer]:
    """An account that is this in the group; QQ lets it do what this allows."""
    peer = Peer(number=number)
    peer.seat(GROUP, number, "老友", role=role)
    peer.seat(GROUP, 30003000, "小红")
    peer.stock.is_admin = role != "member"
    yield peer
    await peer.close()


@pytest.fixture
async def peer(roles: tuple[str, str]) -> AsyncIterator[Peer]:
    """The account that speaks."""
    async for one in sat(10001000, roles[0]):
        yield one


@pytest.fixture
async def second(roles: tuple[str, str]) -> AsyncIterator[Peer]:
    """The other one."""
    async for one in sat(10002000, roles[1]):
        yield one


@pytest.fixture
async def pair(peer: Peer, second: Peer) -> AsyncIterator[Pair]:
    """Each dials its own."""
    pool = AccountPool()
    first, other = [
        OneBot(
            access_token=TOKEN, url=await one.listen(), groups=[ROOM], clock=HeldClock(),
            sole=False, pool=pool,
        )
        for one in (peer, second)
    ]  # fmt: skip
    async with running(first) as heard, running(other) as also:
        await heard.until(lambda: heard.updates)  # who sits there
        await also.until(lambda: also.updates)
        yield Pair(first, heard, also)


@pytest.mark.parametrize("roles", [("member", "admin"), ("member", "owner"), ("admin", "owner")])
@pytest.mark.parametrize(
    ("action", "call"),
    [
        (KICK, "set_group_kick"),
        (CARD, "set_group_card"),
        (LET_IN, "set_group_add_request"),
    ],
)
async def test_what_takes_rights_is_done_by_the_account_that_has_most(
    peer: Peer, second: Peer, pair: Pair, action: Action, call: str
) -> None:
    for one in (peer, second):
        await one.request(40004000, flag=FLAG, group=GROUP)
    assert (await pair.channel.perform(action)).state == "sent"
    assert (len(peer.calls(call)), len(second.calls(call))) == (0, 1)


@pytest.mark.parametrize("roles", [("member", "member"), ("admin", "admin"), ("owner", "admin")])
async def test_among_equals_it_is_done_by_the_first(
    peer: Peer, second: Peer, pair: Pair, roles: tuple[str, str]
) -> None:
    sent = await pair.channel.perform(KICK)
    assert sent.state == ("refused" if roles[0] == "member" else "sent")
    assert (len(peer.calls("set_group_kick")), len(second.calls("set_group_kick"))) == (1, 0)


@pytest.mark.parametrize("roles", [("member", "member")])
async def test_an_account_that_becomes_an_admin_may_from_then_on(second: Peer, pair: Pair) -> None:
    await second.notify("group_admin", sub_type="set", group_id=GROUP, user_id=second.number)
    await second.say(30003000, "恭喜")
    await pair.also.says("恭喜")
    second.stock.is_admin = True
    assert (await pair.channel.perform(KICK)).state == "sent"


@pytest.mark.parametrize("roles", [("member", "admin")])
async def test_while_the_admin_is_away_the_other_one_tries(
    peer: Peer, second: Peer, pair: Pair
) -> None:
    await second.close()
    await peer.say(30003000, "在吗")
    await pair.heard.says("在吗")
    assert (await pair.channel.perform(KICK)).state == "refused"


@pytest.mark.parametrize("roles", [("admin", "admin")])
async def test_an_invitation_is_accepted_by_the_account_that_has_it(
    peer: Peer, second: Peer, pair: Pair
) -> None:
    await second.request(30003000, flag=FLAG, group=777, sub_type="invite")
    await pair.also.until(lambda: isinstance(pair.also.updates[-1], BotInvited))
    yes = AnswerRequest(kind="invite", group="onebot:777", account=MEMBER, flag=FLAG, approve=True)
    assert (await pair.channel.perform(yes)).state == "sent"
    assert not peer.calls("set_group_add_request")
