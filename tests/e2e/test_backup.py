"""A backup of a bot that is busy, taken to another machine with a database of the other kind."""

import asyncio
import re
from collections import Counter
from contextlib import closing

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Audit, Inbox, Member, Outbox, Post
from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK, Laoyou
from tests.e2e.wishes import answered, wish
from tests.onebot_peer import Peer

pytestmark = [pytest.mark.anyio, pytest.mark.process]

GROUP, MEMBERS = 600300, 10
AHEAD = 10  # said and not answered
_NUMBER = re.compile(r"\d+")
OTHER = {"sqlite": "postgres", "postgres": "sqlite"}


async def test_a_busy_bot_moves_house(
    new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl, database_kind: str
) -> None:
    peer = new_peer()
    for user in (peer.number, *range(1, MEMBERS + 1)):
        peer.seat(GROUP, user, f"成员{user}", card=f"成员{user}")
    url = await peer.listen()
    here = bot_at(new_bot, "here", new_url(database_kind, migrated=True), url)
    await here.start()
    await peer.until(lambda: peer.connected)
    enough = asyncio.Event()
    said = asyncio.create_task(talk(peer, enough))
    await peer.until(lambda: len(answered(peer)) > AHEAD)
    status, told, error = await here.command("backup", here.folder / "all.laoyou")
    assert (status, error) == (0, "")
    assert "备份好了" in told
    enough.set()
    messages = await said
    await peer.until(lambda: len(answered(peer)) == len(messages))
    assert await here.stop() == 0

    there_url = new_url(OTHER[database_kind], migrated=False)
    there = bot_at(new_bot, "there", there_url, url)
    status, told, error = await there.command("restore", here.folder / "all.laoyou", "--resume")
    assert (status, error) == (0, "")
    kept = consistent(there_url)
    assert AHEAD < len(kept) < len(messages)
    later = [one for n, one in enumerate(messages) if n not in kept]
    await there.start()
    # Fetched, and done here too.
    await peer.until(lambda: all(answered(peer)[one] == 2 for one in later))
    assert await there.stop() == 0
    assert "Traceback" not in here.log + there.log
    assert consistent(there_url) == set(range(len(messages)))


def bot_at(new_bot: NewBot, name: str, database: str, url: str) -> Laoyou:
    """A bot with a folder of its own."""
    return new_bot(
        name,
        database=database,
        channels=[{"type": "onebot", "url": url, "access_token": "${ONEBOT_TOKEN}"}],
        communities=[{"id": "c", "name": "社群", "groups": [f"onebot:{GROUP}"]}],
        limits={"posts_per_day": 0, "commands_per_minute": 0},
        outbox=QUICK,
    )


async def talk(peer: Peer, enough: asyncio.Event) -> list[str]:
    """One command after the other, some ahead of the answers, and some more when it is enough;
    gives their ids.
    """
    said: list[str] = []
    left = 2 * AHEAD
    while left := left - enough.is_set():
        n = len(said)
        said.append(str(await peer.say(n % MEMBERS + 1, wish(n), group=GROUP)))
        await peer.until(lambda: len(answered(peer)) >= len(said) - AHEAD)
    return said


def consistent(url: str) -> set[int]:
    """Each post has all that belongs to it, and nothing is there twice; which there are."""
    with closing(Database(url)) as database, database.read() as session:
        posts = session.exec(select(Post)).all()
        numbers = sorted(post.id for post in posts)
        made = session.exec(select(Audit.subject_id).where(Audit.verb == "post")).all()
        assert sorted(made) == numbers
        members = set(session.exec(select(Member.id)))
        assert {post.author_id for post in posts} <= members
        handled = select(Inbox).where(Inbox.state == "done", col(Inbox.key).startswith("group:"))
        assert len(session.exec(handled).all()) == len(posts)
        receipts = session.exec(select(Outbox.post_id).where(Outbox.lane == f"onebot:{GROUP}"))
        assert sorted(one for one in receipts if one is not None) == numbers
        found = Counter(int(_NUMBER.findall(post.text)[0]) for post in posts)
        assert set(found.values()) == {1}
        return set(found)
