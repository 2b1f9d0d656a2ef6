"""What would happen to a text if a member posted it now; nothing is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from community.matches.mentions import Called, Candidate, candidates, fans_there
from community.matches.search import SearchResult, find_matches, found_in
from community.pool.alerts import wishes
from community.pool.found_post import FoundPost
from community.scene import Scene
from matching import Analysis, Ranked, doubts
from storage.queries.people import members
from storage.queries.pool import posts
from storage.tables import Member, Post

_NEAR_MISSES = 3

Verdict = Literal["called", "muted", "tired", "absent", "full"]


@dataclass(frozen=True)
class Judged:
    """A member who deserves a mention, and whether he would get it."""

    candidate: Candidate
    verdict: Verdict


@dataclass(frozen=True)
class Against:
    """What speaks against posts and members that are told of, by number."""

    posts: Mapping[int, Sequence[str]]
    members: Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class DryRun:
    """What would be shown, who would be called, and what just fell short."""

    query: Analysis
    looked: SearchResult
    found: Sequence[FoundPost]
    fans: Sequence[Called]
    judged: Sequence[Judged]
    posts_short: Sequence[tuple[Post, Ranked]]
    members_short: Sequence[tuple[Member, Ranked]]
    against: Against


def attempt(scene: Scene, *, text: str, kind: str, group: str | None) -> DryRun:
    """Try the text of somebody whom the community does not know, said in the group."""
    query = scene.analyser.analyse(text, kind)
    looked = find_matches(scene, query=query, kind=kind)
    fans: list[Called] = []
    if group is not None:
        followed = [fan for fan in wishes(scene, analysis=query) if fan[0].active]
        once = {fan.member.id: fan for fan in fans_there(scene, group=group, fans=followed)}
        fans = list(once.values())[: scene.settings.matching.max_mentions]
    judged = list(_judge(scene, looked, group, fans))
    posts_short, members_short = _posts_short(scene, looked), _members_short(scene, looked)
    told = [one.id for one in looked.shown] + [post.id for post, _ in posts_short]
    people = [one.candidate.member.id for one in judged] + [one.id for one, _ in members_short]
    return DryRun(
        query=query,
        looked=looked,
        found=found_in(looked),
        fans=fans,
        judged=judged,
        posts_short=posts_short,
        members_short=members_short,
        against=_against(scene, query, text, told, people),
    )


def _against(
    scene: Scene, query: Analysis, text: str, told: Sequence[int], people: Sequence[int]
) -> Against:
    session, here = scene.session, scene.community_id
    stored = posts.by_ids(session, community_id=here, ids=list(told))
    cards = members.by_ids(session, community_id=here, ids=list(people))
    return Against(
        {
            number: doubts(query, Analysis.load(post.analysis), said=text, theirs=post.text)
            for number, post in stored.items()
        },
        {one.id: doubts(query, Analysis.load(one.analysis or {})) for one in cards},
    )


def _judge(
    scene: Scene, looked: SearchResult, group: str | None, fans: Sequence[Called]
) -> Iterator[Judged]:
    room = scene.settings.matching.max_mentions - len(fans)
    asked = {fan.member.id for fan in fans}
    for one in candidates(scene, author=None, group=group or "", calls=looked.calls):
        if one.member.id in asked:
            continue
        verdict: Verdict = one.hindrance or ("called" if room > 0 else "full")
        room -= verdict == "called"
        yield Judged(one, verdict)


def _posts_short(scene: Scene, looked: SearchResult) -> list[tuple[Post, Ranked]]:
    shown = {one.id for one in looked.shown}
    short = [one for one in looked.offered if one.id not in shown][:_NEAR_MISSES]
    found = posts.by_ids(
        scene.session, community_id=scene.community_id, ids=[one.id for one in short]
    )
    return [(found[one.id], one) for one in short]


def _members_short(scene: Scene, looked: SearchResult) -> list[tuple[Member, Ranked]]:
    deserving = {call.id for call in looked.calls}
    missed = (one.profile for one in looked.people if one.id not in deserving)
    short = {one.id: one for one in islice(filter(None, missed), _NEAR_MISSES)}
    found = members.by_ids(scene.session, community_id=scene.community_id, ids=list(short))
    return [(member, short[member.id]) for member in found]
