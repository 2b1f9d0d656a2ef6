"""What a post is matched with: posts of the opposite kind, and members who may be called."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.scene import Scene
from community.search import MEMBERS, ranked
from matching import Analysis, Call, Ranked, Reason, callable_members, shortlist
from storage.queries import counters, matches, members, posts
from storage.tables import Match, Member, Post

OPPOSITE = {"need": "offer", "offer": "need"}
MOST_STORED = 10  # of each sort, for one post


@dataclass(frozen=True)
class Found:
    """A post worth showing, and why."""

    post: Post
    author: Member
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Linked:
    """What a post was matched with: posts to list, and who deserves a mention, best first."""

    found: Sequence[Found] = ()
    calls: Sequence[Call] = ()


def link(scene: Scene, *, post: Post, analysis: Analysis) -> Linked:
    """Match the post anew and store the matches; both sides can be asked for them."""
    matches.forget(scene.session, community_id=scene.community_id, post_id=post.id)
    rules = scene.settings.matching
    if not analysis.units or not (rules.max_results or rules.max_mentions):
        return Linked()
    best = shortlist(analysis, _ranked(scene, post, analysis, OPPOSITE[post.kind]), MOST_STORED)
    stored = posts.by_ids(
        scene.session, community_id=scene.community_id, ids=[one.id for one in best]
    )
    authors = {number: one.author_id for number, one in stored.items()}
    shown = best[: rules.max_results]
    people = _ranked(scene, post, analysis, MEMBERS)
    calls = callable_members(analysis, people, shown, authors)[:MOST_STORED]
    _store(scene, post, best, calls)
    return Linked(_found(scene, shown, stored), calls)


def _ranked(scene: Scene, post: Post, analysis: Analysis, shelf: str) -> list[Ranked]:
    return ranked(scene, query=analysis, shelf=shelf, exclude_author=post.author_id)


def _found(scene: Scene, shown: Sequence[Ranked], stored: dict[int, Post]) -> list[Found]:
    ids = [stored[one.id].author_id for one in shown]
    authors = {
        member.id: member
        for member in members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    }
    return [Found(stored[one.id], authors[stored[one.id].author_id], one.reasons) for one in shown]


def _store(scene: Scene, post: Post, best: Sequence[Ranked], calls: Sequence[Call]) -> None:
    """A member who is called for a post of his own has that post's row already."""
    rows = [_row(scene, post, one, target_post_id=one.id) for one in best]
    rows += [_row(scene, post, one, target_member_id=one.id) for one in calls if one.post is None]
    if rows:
        first = counters.take(
            scene.session, community_id=scene.community_id, name="match", count=len(rows)
        )
        for number, row in enumerate(rows, first):
            row.id = number
        scene.session.add_all(rows)


def _row(scene: Scene, post: Post, why: Ranked | Call, **target: int) -> Match:
    return Match(
        community_id=scene.community_id,
        id=0,
        post_id=post.id,
        score=why.score,
        reasons=[reason.text for reason in why.reasons],
        rules=scene.analyser.version,
        created_at=scene.now,
        **target,
    )
