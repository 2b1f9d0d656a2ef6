"""Two accounts of the bot sit in the same groups, and each is dialled by an entry of its own."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from sqlmodel import col, select

from bot.app import App
from matching import Analyser
from storage.database import Database
from storage.tables import Seat
from tests.faults.conftest import ADMIN, GROUP, OTHER, know_who_sits_there, wired
from tests.onebot_peer import SILENCE, Peer, failed
from tests.onebot_peer.payloads import Segment, at, heartbeat, reply, text

pytestmark = pytest.mark.anyio

ASK = "#我的"


@dataclass
class Two:
    """Both accounts, and the bot."""

    first: Peer
    second: Peer
    app: App
    time: int = field(default_factory=lambda: int(time.time()))  # of what was said last

    async def say(self, words: str | list[Segment], *, group: int = GROUP) -> int:
        """Somebody speaks in a group: both hear it, the second one before the first one. Returns
        the id by which the second one knows it.
        """
        self.time += 1
        ids = [
            await one.say(1, words, group=group, at=self.time) for one in (self.second, self.first)
        ]
        return ids[0]

    async def heard(self) -> tuple[int, int]:
        """How much each has said in the groups, once all is handled that either was told."""
        for one, friend in ((self.first, 2), (self.second, 3)):
            if one.connected:
                count = len(one.calls("send_private_msg"))
                await one.say(friend, ASK)
                await one.asked("send_private_msg", count=count + 1)
        await self.app.settle()
        said = [len(one.calls("send_group_msg")) for one in (self.first, self.second)]
        return said[0], said[1]


@pytest.fixture
async def two(
    database: Database, analyser: Analyser, peer: Peer, second: Peer
) -> AsyncIterator[Two]:
    """The bot has dialled both, and knows who sits where."""
    async with wired(database, analyser, peer, second) as app:
        await know_who_sits_there(peer, second)
        yield Two(peer, second, app)


async def test_each_command_is_answered_once_and_by_the_same_account(two: Two) -> None:
    for group in (GROUP, OTHER, GROUP):
        await two.say(ASK, group=group)
        before = await two.heard()
        # What one of them has said, the other one hears.
        said = two.first.calls("send_group_msg")[-1]
        await two.second.say(two.first.number, said.text, group=group)
        assert await two.heard() == before
    assert await two.heard() == (3, 0)


async def test_where_it_is_not_known_who_sits_where(
    database: Database, analyser: Analyser, peer: Peer, second: Peer
) -> None:
    for one in (peer, second):
        one.answer("get_group_list", failed(1404))
    async with wired(database, analyser, peer, second) as app:
        await know_who_sits_there(peer, second)
        two = Two(peer, second, app)
        await two.say(ASK)
        assert await two.heard() == (1, 0)


async def test_the_other_one_steps_in_while_one_is_muted(two: Two) -> None:
    about = {"group_id": GROUP, "user_id": two.first.number, "operator_id": ADMIN}
    await two.first.notify("group_ban", sub_type="ban", duration=600, **about)
    await two.heard()
    await two.say(ASK)
    await two.say(ASK, group=OTHER)
    assert await two.heard() == (1, 1)
    await two.first.notify("group_ban", sub_type="lift_ban", duration=0, **about)
    await two.heard()
    await two.say(ASK)
    assert await two.heard() == (2, 1)


async def test_the_other_one_steps_in_while_one_is_away(two: Two) -> None:
    first = two.first
    await first.emit(heartbeat(first.number, int(time.time()), online=False))
    await two.heard()
    await two.say(ASK)
    assert await two.heard() == (0, 1)
    await first.close()
    await two.say(ASK)  # the first one finds it in the history when it is back
    await two.say([at(two.second.number), text(ASK)])  # whose name is there a part of the words
    assert await two.heard() == (0, 3)
    asked = {
        what: len(first.calls(what)) for what in ("get_group_msg_history", "get_group_member_list")
    }
    await first.listen(first.port)
    for what, count in asked.items():
        await first.asked(what, count=count + 2)
    assert await two.heard() == (0, 3)
    await two.say(ASK)
    assert await two.heard() == (1, 3)


@pytest.mark.parametrize("own", [True, False])
async def test_who_quotes_to_one_what_was_said_to_or_by_the_other_is_understood(
    two: Two, own: bool
) -> None:
    first, second = two.first, two.second
    before = await two.say("#求 找一位做账的会计")
    asked = await two.say("#求 找一位修打印机的师傅")
    await two.heard()
    [receipt] = [one for one in first.calls("send_group_msg") if "打印机" in one.text]
    segments = [one for one in receipt.params["message"] if one["type"] != "reply"]
    said = await second.say(first.number, segments, group=GROUP, at=int(time.time()))
    assert not {before, asked, said} & first.stock.spoken.keys()
    await first.emit(heartbeat(first.number, int(time.time()), online=False))
    await two.heard()
    if own:
        await two.say([reply(said), at(first.number), text(" 搞定")])
    else:
        await two.say([reply(asked), at(1), text(" #搞定")])
    await two.heard()
    assert "#2" in second.calls("send_group_msg")[-1].text


async def test_what_was_answered_before_a_restart_is_not_answered_by_the_one_that_is_back_first(
    database: Database, analyser: Analyser, peer: Peer, second: Peer
) -> None:
    async with wired(database, analyser, peer, second) as app:
        await know_who_sits_there(peer, second)
        two = Two(peer, second, app)
        await two.say(ASK)
        await two.heard()
    for one in (peer, second):
        await one.close()
    second.requests.clear()
    async with wired(database, analyser, second) as app:
        await know_who_sits_there(second)
        await Two(peer, second, app).heard()
    assert any(one.data("reply") for one in peer.calls("send_group_msg"))
    assert not any(one.data("reply") for one in second.calls("send_group_msg"))


async def test_an_account_that_is_slow_after_a_restart_is_no_newcomer(
    database: Database, analyser: Analyser, peer: Peer, second: Peer
) -> None:
    async with wired(database, analyser, peer, second) as app:
        await know_who_sits_there(peer, second)
        await Two(peer, second, app).heard()
    for one in (peer, second):
        await one.close()
        one.requests.clear()
    peer.answer("get_login_info", SILENCE)
    async with wired(database, analyser, peer, second) as app:
        await know_who_sits_there(second)
        await second.say(3, ASK)
        await second.asked("send_private_msg")
        await app.settle()
    own = [f"onebot:{one.number}" for one in (peer, second)]
    seats = select(Seat).where(col(Seat.account).in_(own), col(Seat.left_at).is_(None))
    with database.read() as session:
        assert not session.exec(seats).all()
    assert not second.calls("send_group_msg")
