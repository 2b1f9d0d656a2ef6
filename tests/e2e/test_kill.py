"""The process dies without warning, and is asked to stop.

``LAOYOU_KILLS=200`` lets it die as often, at random under load. Each step by itself:
tests/faults/test_steps.py.
"""

import os
from contextlib import closing
from random import Random

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Inbox, Outbox, Post
from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK, Laoyou
from tests.e2e.wishes import answered, wish
from tests.onebot_peer import Peer

pytestmark = [pytest.mark.anyio, pytest.mark.process]

GROUP = 600200
KILLS = int(os.environ.get("LAOYOU_KILLS", "2"))
COMMANDS = max(120, 20 * KILLS)
AHEAD = 100  # said and not answered: of a gap, only the newest 500 messages are fetched
FEW = 60
MEMBERS = 20


@pytest.fixture
def url(database_kind: str, new_url: NewUrl) -> str:
    """A database for a bot."""
    return new_url(database_kind, migrated=True)


@pytest.fixture
async def peer(new_peer: NewPeer) -> Peer:
    """A QQ account in a group."""
    peer = new_peer()
    for user in (peer.number, *range(1, MEMBERS + 1)):
        peer.seat(GROUP, user, f"成员{user}", card=f"成员{user}")
    return peer


@pytest.fixture
async def bot(new_bot: NewBot, peer: Peer, url: str) -> Laoyou:
    """A bot that dials that account."""
    return new_bot(
        database=url,
        channels=[
            {"type": "onebot", "url": await peer.listen(), "access_token": "${ONEBOT_TOKEN}"}
        ],
        communities=[{"id": "c", "name": "社群", "groups": [f"onebot:{GROUP}"]}],
        limits={"posts_per_day": 0, "commands_per_minute": 0},
        outbox=QUICK,
    )


async def test_a_kill_loses_nothing_and_repeats_only_what_was_in_flight(
    bot: Laoyou, peer: Peer, url: str
) -> None:
    moments = sorted(Random(KILLS).sample(range(20, COMMANDS - 20), KILLS))
    await bot.start()
    await peer.until(lambda: peer.connected)
    said: list[str] = []
    for moment in (*moments, COMMANDS):
        said += [
            str(await peer.say(n % MEMBERS + 1, wish(n), group=GROUP))
            for n in range(len(said), min(moment + AHEAD, COMMANDS))
        ]
        await _until_answered(peer, moment)
        if moment == COMMANDS:
            break
        await bot.kill()
        await peer.until(lambda: not peer.connected)
        await bot.start()
    assert await bot.stop() == 0

    answers = answered(peer)
    assert set(answers) == set(said)
    assert sum(answers.values()) <= COMMANDS + len(moments)
    assert max(answers.values()) <= 2 + KILLS // 50  # one may be hit again and again
    with closing(Database(url)) as database, database.read() as session:
        texts = session.exec(select(Post.text)).all()
        assert len(texts) == len(set(texts)) == COMMANDS
        # Member lists that came after the last command may wait for the next start.
        commands = select(Inbox).where(col(Inbox.key).startswith("group:"))
        assert not session.exec(commands.where(Inbox.state != "done")).all()
        assert not session.exec(select(Outbox).where(Outbox.state != "sent")).all()
    assert "Traceback" not in bot.log


async def test_a_stop_finishes_what_is_in_flight(bot: Laoyou, peer: Peer, url: str) -> None:
    await bot.start()
    await peer.until(lambda: peer.connected)
    for n in range(FEW):
        await peer.say(n % MEMBERS + 1, wish(n), group=GROUP)
    await _until_answered(peer, 10)
    assert await bot.stop() == 0
    assert "正在停止" in bot.log
    assert "已停止" in bot.log
    with closing(Database(url)) as database, database.read() as session:
        sent = session.exec(select(Outbox.message_id).where(Outbox.state == "sent")).all()
        assert len(sent) == sum(answered(peer).values())  # each was waited for
        assert not session.exec(select(Outbox).where(col(Outbox.state) == "sending")).all()

    await bot.start()
    await _until_answered(peer, FEW)
    assert await bot.stop() == 0
    assert set(answered(peer).values()) == {1}


async def _until_answered(peer: Peer, count: int) -> None:
    await peer.until(lambda: len(answered(peer)) >= count)
