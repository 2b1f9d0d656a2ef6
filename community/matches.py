"""What a post is matched with: posts of the opposite kind, and members who may be called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from community import privacy
from community.learning.parts import parts_of
from community.learning.weighing import weighed
from community.scene import Scene
from community.search import FEW_CANDIDATES, MEMBERS, ranked
from matching import Analysis, Call, Ranked, Reason, callable_members, shortlist
from storage.queries import counters, lessons, members, posts, preferences
from storage.tables import Match, Member, Post

OPPOSITE = {"need": "offer", "offer": "need"}
MOST_STORED = 10  # of each sort, for one post


@dataclass(frozen=True)
class Found:
    """A post worth showing, and why."""

    post: Post
    author: Member
    reasons: tuple[Reason, ...]
    against: tuple[str, ...] = ()  # what speaks against it all the same


@dataclass(frozen=True)
class Linked:
    """What a post was matched with: posts to list, and who deserves a mention, best first."""

    found: Sequence[Found] = ()
    calls: Sequence[Call] = ()


@dataclass(frozen=True)
class Looked:
    """What fits a text: posts that are worth it and those of them that are shown, and members."""

    best: Sequence[Ranked] = ()
    shown: Sequence[Ranked] = ()
    calls: Sequence[Call] = ()
    posts: Mapping[int, Post] = field(default_factory=dict)  # the best ones, by number
    offered: Sequence[Ranked] = ()  # all posts that were found, also those that do not fit
    members: Sequence[Ranked] = ()  # likewise


def look(scene: Scene, *, query: Analysis, kind: str, author: int | None = None) -> Looked:
    """Look for what fits a text of that kind; nothing is stored."""
    rules = scene.settings.matching
    if not query.units or not (rules.max_results or rules.max_mentions):
        return Looked()
    offered = _judged(scene, query, OPPOSITE[kind], author)
    best = shortlist(query, offered, MOST_STORED, likely=True)
    stored = posts.by_ids(
        scene.session, community_id=scene.community_id, ids=[one.id for one in best]
    )
    authors = {number: one.author_id for number, one in stored.items()}
    shown = best[: rules.max_results]
    people = members_for(scene, query=query, author=author)
    calls = callable_members(query, people, shown, authors)[:MOST_STORED]
    return Looked(best, shown, calls, stored, offered, people)


def members_for(scene: Scene, *, query: Analysis, author: int | None = None) -> list[Ranked]:
    """Everybody who is listed and whose profile has to do with the text, the best first."""
    found = _judged(scene, query, MEMBERS, author)
    hidden = privacy.unlisted(scene, ids=[one.id for one in found])
    return [one for one in found if one.id not in hidden]


def _judged(scene: Scene, query: Analysis, shelf: str, author: int | None) -> list[Ranked]:
    found = ranked(scene, query=query, shelf=shelf, exclude_author=author, limit=FEW_CANDIDATES)
    weights = lessons.weights(scene.session, community_id=scene.community_id)
    return weighed(query, found, weights)


def link(scene: Scene, *, post: Post, analysis: Analysis) -> Linked:
    """Match a post without matches and store them; both sides can be asked for them."""
    looked = look(scene, query=analysis, kind=post.kind, author=post.author_id)
    store(scene, _rows(scene, post, analysis, looked))
    return Linked(found_in(scene, looked), looked.calls)


def found_in(scene: Scene, looked: Looked) -> list[Found]:
    """The posts that are shown, with their authors."""
    stored, shown = looked.posts, looked.shown
    ids = [stored[one.id].author_id for one in shown]
    authors = {
        member.id: member
        for member in members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    }
    return [Found(stored[one.id], authors[stored[one.id].author_id], one.reasons) for one in shown]


def store(scene: Scene, rows: Sequence[Match]) -> None:
    """Number the matches and keep them; who wants to hear of his at once will."""
    if rows:
        first = counters.take(
            scene.session, community_id=scene.community_id, name="match", count=len(rows)
        )
        for number, row in enumerate(rows, first):
            row.id = number
        scene.session.add_all(rows)
        preferences.hurry(
            scene.session,
            community_id=scene.community_id,
            now=scene.now,
            members={one.target_member_id for one in rows if one.target_member_id is not None},
            authors_of={one.target_post_id or one.post_id for one in rows},
        )
    listed = sum(row.shown for row in rows)
    if listed:
        counters.add(scene.session, community_id=scene.community_id, name="listed", change=listed)


def row(scene: Scene, *, post: Post, query: Analysis, why: Ranked | Call) -> Match:
    """A match of the post that has still to be told its other side."""
    return Match(
        community_id=scene.community_id,
        id=0,
        post_id=post.id,
        score=why.score,
        reasons=[reason.text for reason in why.reasons],
        parts=parts_of(query, why.reasons),
        rules=scene.analyser.version,
        created_at=scene.now,
    )


def _rows(scene: Scene, post: Post, query: Analysis, looked: Looked) -> list[Match]:
    return [*_post_rows(scene, post, query, looked), *_member_rows(scene, post, query, looked)]


def _post_rows(scene: Scene, post: Post, query: Analysis, looked: Looked) -> Iterator[Match]:
    for place, one in enumerate(looked.best):
        match = row(scene, post=post, query=query, why=one)
        match.target_post_id, match.coverage = one.id, one.coverage
        match.shown = place < len(looked.shown)
        yield match


def _member_rows(scene: Scene, post: Post, query: Analysis, looked: Looked) -> Iterator[Match]:
    """A member who is called for a post of his own has that post's row already."""
    coverage = {one.id: one.coverage for one in looked.members}
    for call in looked.calls:
        if call.post is None:
            match = row(scene, post=post, query=query, why=call)
            match.target_member_id, match.coverage = call.id, coverage[call.id]
            yield match
