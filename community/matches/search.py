"""What a post is matched with: posts of the opposite kind, and members who may be called."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from community.anonymity.hiding import unseen_of
from community.learning.learned_weights import LearnedWeights, learned_of
from community.learning.match_features import traits_of
from community.learning.match_parts import parts_of
from community.learning.reweighting import reweighted
from community.matches.reasons import telling
from community.members import privacy
from community.pool.found_post import FoundPost
from community.pool.search import FEW_CANDIDATES, MEMBERS, ranked
from community.scene import Scene
from matching import (
    Analysis,
    JointRanking,
    MentionCandidate,
    Ranked,
    RankedMember,
    mention_candidates,
    rank_jointly,
    shortlist,
)
from storage.queries import counters
from storage.queries.pool import matches, summaries
from storage.queries.pool.matches import NewMatch
from storage.queries.pool.summaries import PostSummary
from storage.queries.web import preferences
from storage.tables import Post

OPPOSITE = {"need": "offer", "offer": "need"}
MOST_STORED = 10  # of each sort, for one post


@dataclass(frozen=True)
class SearchResult:
    """What fits a text: posts that are worth it and those of them that are shown, and members."""

    best: Sequence[Ranked] = ()
    shown: Sequence[Ranked] = ()
    calls: Sequence[MentionCandidate] = ()
    posts: Mapping[int, PostSummary] = field(default_factory=dict)  # the best ones, by number
    offered: Sequence[Ranked] = ()  # all posts that were found, also those that do not fit
    people: Sequence[RankedMember] = ()  # likewise
    show: float = 0.0  # the chance from which a post is surely worth showing
    # Authors of posts that fit and are not shown, for want of room.
    left_out: Sequence[MentionCandidate] = ()


def find_matches(
    scene: Scene,
    *,
    query: Analysis,
    kind: str,
    author: int | None = None,
    group: str | None = None,
) -> SearchResult:
    """Look for what fits a text of that kind; nothing is stored.

    What is hidden from the author, or from the ``group`` in which he hears of it, is left out.
    """
    rules = scene.settings.matching
    if not query.units or not (rules.max_results or rules.max_mentions):
        return SearchResult()
    learned = learned_of(scene)
    found = joint_ranking(scene, query=query, shelf=OPPOSITE[kind], author=author, learned=learned)
    best = shortlist(query, found.posts, MOST_STORED, learned.weights, likely=True)
    ids = [one.id for one in best]
    stored = summaries.posts(scene.session, community_id=scene.community_id, ids=ids)
    writers = [one.author for one in stored.values()]
    hidden = unseen_of(scene, writers, by=author, group=group)
    best = [one for one in best if stored[one.id].author_id not in hidden]
    shown = best[: rules.max_results]
    weights, rest = learned.weights, best[len(shown) :]
    calls = mention_candidates(query, found.people, shown, weights)[:MOST_STORED]
    waiting = {one.owner for one in rest}  # of nobody else it is asked why
    authors = [one for one in found.people if one.id in waiting]
    left_out = [one for one in mention_candidates(query, authors, rest, weights) if one.post]
    return SearchResult(
        best, shown, calls, stored, found.posts, found.people, weights.show, left_out
    )


def joint_ranking(
    scene: Scene, *, query: Analysis, shelf: str, author: int | None, learned: LearnedWeights
) -> JointRanking:
    """The posts on a shelf, and everybody who is listed, judged together; best first."""
    offered = _judged(scene, query, shelf, author, learned)
    found = _judged(scene, query, MEMBERS, author, learned)
    hidden = privacy.unlisted(scene, ids=[one.id for one in found])
    able = [one for one in found if one.id not in hidden]
    return rank_jointly(query, offered, able, learned.weights)


def _judged(
    scene: Scene, query: Analysis, shelf: str, author: int | None, learned: LearnedWeights
) -> list[Ranked]:
    found = ranked(
        scene, query=query, shelf=shelf, exclude_author=author, limit=FEW_CANDIDATES,
        weights=learned.weights,
    )  # fmt: skip
    return reweighted(query, found, learned.words)


def found_in(looked: SearchResult) -> list[FoundPost]:
    """The posts that are shown, with their authors."""
    found = [(looked.posts[one.id], one) for one in looked.shown]
    return [
        FoundPost(post, post.author, one.reasons, sure=one.score >= looked.show)
        for post, one in found
    ]


def store_result(
    scene: Scene, *, post: Post, query: Analysis, looked: SearchResult, called: Collection[int]
) -> None:
    """Store what a post without matches was matched with; both sides can be asked for it.

    ``called``: members who were told of the post.
    """
    shown = {one.id for one in looked.shown}
    # Whoever is called for a post of his has the row of that post.
    called_for = {call.id: call for call in looked.calls if call.post is None}
    profiles = {one.id: one.profile for one in looked.people if one.id in called_for}
    rows = [
        match_row(query, one, one, of=post, post=one.id, shown=one.id in shown)
        for one in looked.best
    ]
    rows += [
        match_row(query, called_for[id_], profile, of=post, member=id_, shown=id_ in called)
        for id_, profile in profiles.items()
        if profile is not None
    ]
    store_rows(scene, rows)
    if shown:
        session, here = scene.session, scene.community_id
        counters.add(session, community_id=here, name="listed", change=len(shown))


def store_rows(scene: Scene, rows: Sequence[NewMatch]) -> None:
    """Keep the matches; who wants to hear of his at once will."""
    session, here = scene.session, scene.community_id
    matches.add(session, community_id=here, new=rows, rules=scene.analyser.version, at=scene.now)
    if rows:
        preferences.hurry(
            session,
            community_id=here,
            now=scene.now,
            members={one.target_member_id for one in rows if one.target_member_id is not None},
            authors_of={one.target_post_id or one.post_id for one in rows},
        )


def match_row(
    query: Analysis,
    why: Ranked | MentionCandidate,
    found: Ranked,
    *,
    of: Post,
    post: int | None = None,
    member: int | None = None,
    shown: bool = False,
) -> NewMatch:
    """A match of the post with another one, or with a member, as it was found."""
    reasons = [reason.text for reason in telling(why.reasons)]
    parts = parts_of(query, why.reasons)
    traits = traits_of("post" if post else f"member_for_{of.kind}", found)
    return NewMatch(of.id, why.score, found.coverage, reasons, parts, traits, post, member, shown)
