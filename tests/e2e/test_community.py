"""A whole community plays its chat to the bot; one does it on both databases side by side."""

import asyncio
import re
from collections import Counter

import pytest

from tests.conftest import NewUrl
from tests.e2e.community import GROUP, Community, Line, member, number
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.played import Played, play
from tests.e2e.process import QUICK, Laoyou
from tests.onebot_peer import Peer

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.postgres]

RIGHT = 0.97  # of the chat lines, at least
LISTED_RIGHT = 0.55  # of the listed posts
CALLED_RIGHT = 0.6


async def test_the_chat_of_a_community(
    community: Community, bots: dict[str, tuple[Laoyou, Peer]]
) -> None:
    for bot, _ in bots.values():
        roster = community.roster(bot.folder / "roster.jsonl")
        status, out, err = await bot.command("import", "members", roster)
        assert (status, err) == (0, ""), err
        assert f"新增 {len(community.members)} 位" in out
    plays = await asyncio.gather(*(play(bot, peer, community) for bot, peer in bots.values()))
    played = plays[0]

    assert all(one.transcript() == played.transcript() for one in plays)
    _each_line_is_answered_once_or_not_at_all(played)
    _lines_are_told_apart(played)
    _each_post_gets_its_receipt(played)
    _matches_are_worth_showing(played, community)
    _those_who_are_called_can_help(played, community)
    for bot, _ in bots.values():
        assert await bot.stop() == 0
        assert "Traceback" not in bot.log
        assert not re.search("ERROR|WARNING", bot.log)
        assert not any(row["name"] in bot.log for row in community.members)


DATABASES = {"founders": ("sqlite", "postgres")}


@pytest.fixture(params=DATABASES)
def community(request: pytest.FixtureRequest) -> Community:
    """One of the development set."""
    return Community(request.param)


@pytest.fixture
async def bots(
    community: Community, new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl
) -> dict[str, tuple[Laoyou, Peer]]:
    """A bot on each of the databases, with a QQ account that sits in the group."""
    made = {}
    for kind in DATABASES[community.name]:
        peer = new_peer()
        community.seat(peer)
        channel = {"type": "onebot", "url": await peer.listen(), "access_token": "${ONEBOT_TOKEN}"}
        bot = new_bot(
            kind,
            database=new_url(kind, migrated=False),
            channels=[channel],
            communities=[{"id": community.name, "name": "社群", "groups": [f"onebot:{GROUP}"]}],
            limits={"posts_per_day": 0, "commands_per_minute": 0},
            outbox=QUICK,
        )
        made[kind] = (bot, peer)
    return made


def _each_line_is_answered_once_or_not_at_all(played: Played) -> None:
    assert max(len(answers) for answers in played.answers.values()) == 1
    assert played.unasked == []


def _lines_are_told_apart(played: Played) -> None:
    wrong = {
        (line.text, line.expect, played.heard(message))
        for message, line in played.lines.items()
        if line.post is None and played.heard(message) != line.expect
    }
    chat = [line for line in played.lines.values() if line.post is None]
    assert len(wrong) <= (1 - RIGHT) * len(chat), wrong


def _each_post_gets_its_receipt(played: Played) -> None:
    for message, line in played.lines.items():
        if line.post is not None:
            answer = played.answer(message)
            assert played.heard(message) == line.expect, answer
            assert "到期" in answer


def _numbers(played: Played) -> dict[int, Line]:
    """The posts by the number in their receipt, the first number in it."""
    numbers = {}
    for message, line in played.lines.items():
        found = re.match(r"[^\d]*#(\d+)", played.answer(message))
        if found and line.expect in ("need", "offer"):
            numbers[int(found[1])] = line
    return numbers


def _matches_are_worth_showing(played: Played, community: Community) -> None:
    numbers = _numbers(played)
    listed, right = 0, 0
    for message, line in played.lines.items():
        shown = re.findall(r"^#(\d+) ", played.answer(message), re.MULTILINE)
        if line.expect not in ("need", "offer"):
            continue
        assert len(shown) <= 3
        for number_ in map(int, shown):
            other = numbers[number_]
            assert {line.expect, other.expect} == {"need", "offer"}
            assert line.user != other.user
            if line.post is not None and other.post is not None:
                listed += 1
                right += community.relevant(line.post, other.post)
    assert listed >= 20
    assert right / listed >= LISTED_RIGHT, (right, listed)


def _those_who_are_called_can_help(played: Played, community: Community) -> None:
    calls: Counter[int] = Counter()
    judged, right = 0, 0
    for message, line in played.lines.items():
        for answer in played.answers.get(message, ()):
            called = [int(data["qq"]) for data in answer.data("at")]
            assert len(called) <= 3
            assert line.user not in called
            calls.update(called)
            if line.post is not None:
                judged += len(called)
                right += sum(_can_help(community, line.post, one) for one in called)
    assert judged >= 20
    assert right / judged >= CALLED_RIGHT, (right, judged)
    assert max(calls.values()) == 1, "one unsolicited call a day"


def _can_help(community: Community, post: str, qq: int) -> bool:
    theirs = [row["id"] for row in community.posts if number(row["author"]) == qq]
    return any(community.relevant(post, one) for one in (member(qq), *theirs))
