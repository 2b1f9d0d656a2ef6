"""Looking through the whole pool for some words: posts of both kinds, and members."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from community.anonymity.hiding import unseen
from community.members import directory, privacy
from community.members.privacy import Seen
from community.pool.found_post import FoundPost
from community.pool.indexing import significant_words
from community.pool.scope import Scope, ScopeFilter
from community.pool.search import MEMBERS, ranked
from community.pool.suggestions import guesses
from community.rights import may
from community.scene import Scene
from matching import Analysis, Ranked, Reason, doubts, is_good, search_results
from storage.queries.people import members
from storage.queries.pool import browsing, posts
from storage.tables import Member

__all__ = ["Hits", "Person", "Scope", "find"]

_EVERYTHING = 10_000


@dataclass(frozen=True)
class Person:
    """A member whose profile answers the words, as the one who looks reads him, and why."""

    member: Seen
    reasons: Sequence[Reason]
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hits:
    """What was found, the best first. ``vague``: the words say nothing to look for."""

    posts: Sequence[FoundPost] = ()
    members: Sequence[Person] = ()
    vague: bool = False
    score: float = 0.0  # of the best of all
    instead: str = ""  # what was looked for, when that is not what was said
    all_posts: int = 0  # how many there are, with those that are not told
    all_members: int = 0
    called: int = 0  # how many bear the words as their name; unknown where enough was found


def find(scene: Scene, *, words: str, member: Member, scope: Scope | None = None) -> Hits:
    """Everything that has to do with the words, but for what the member himself has to say, and
    what is hidden from him.

    Where they find nothing, or find less than what they surely mean, that is looked for instead.
    """
    scope = scope or Scope()
    sees_cards = may(scene, member, "whois")
    hits = _find(scene, words, member, scope, sees_cards=sees_cards)
    tried = guesses(scene, words=words, sure=hits.score > 0)
    if not tried and (hits.posts or hits.members):
        return hits
    called = _namesakes(scene, words, member) if sees_cards else 0
    if called or not tried:
        return replace(hits, called=called)
    for guess in tried:
        other = _find(scene, guess.text, member, scope, sees_cards=sees_cards)
        fits = guess.alike or is_good(other.score)
        if fits and other.score > hits.score:
            return replace(other, instead=guess.text)
    return hits


def _namesakes(scene: Scene, words: str, viewer: Member) -> int:
    return directory.find(scene, name=directory.as_name(words), viewer=viewer).total


def _find(scene: Scene, words: str, member: Member, scope: Scope, *, sees_cards: bool) -> Hits:
    query = scene.analyser.analyse(words)
    if not significant_words(query):
        return Hits(vague=True)
    found = _best_posts(scene, query, member, scope)
    people: list[Ranked] = []
    living = _Living()
    if sees_cards and scope.kind in ("", "member"):  # who sees no cards finds nobody either
        people = _best_members(scene, query, member, scope)
        known = {one.id for one in people}
        living = _living_there(scene, query, member, scope, besides=known)
    score = max((one.score for one in (*found, *people)), default=0.0)
    told = people[scope.skip : scope.skip + scope.members]
    rest = max(scope.skip - len(people), 0)
    there = living.ids[rest : rest + scope.members - len(told)]
    return Hits(
        _posts(scene, query, words, found[scope.skip : scope.skip + scope.posts]),
        [*_members(scene, query, told, member), *_neighbours(scene, living.city, there, member)],
        score=score,
        all_posts=len(found),
        all_members=len(people) + len(living.ids),
    )


def _best_posts(scene: Scene, query: Analysis, member: Member, scope: Scope) -> list[Ranked]:
    scope_filter = ScopeFilter(scene, scope)
    found = [
        one
        for shelf in scope.shelves
        for one in ranked(
            scene,
            query=query,
            shelf=shelf,
            exclude_author=member.id,
            scope_filter=None if scope_filter.keeps_all else scope_filter.posts(shelf),
        )
    ]
    writers = {one.owner for one in found}
    hidden = unseen(scene, by=member.id, group=scope.group, among=writers)
    return _best(query, [one for one in found if one.owner not in hidden])


def _best_members(scene: Scene, query: Analysis, member: Member, scope: Scope) -> list[Ranked]:
    scope_filter = ScopeFilter(scene, scope)
    found = ranked(
        scene,
        query=query,
        shelf=MEMBERS,
        exclude_author=member.id,
        scope_filter=None if scope_filter.keeps_all else scope_filter.members,
    )
    hidden = privacy.unlisted(scene, ids=[one.id for one in found], viewer=member)
    return _best(query, [one for one in found if one.id not in hidden])


class _Living(NamedTuple):
    """Members by the city on their cards, those who came last first."""

    city: str = ""
    ids: Sequence[int] = ()


def _living_there(
    scene: Scene, query: Analysis, member: Member, scope: Scope, *, besides: Collection[int]
) -> _Living:
    """Where nothing but a city is looked for, all who live there are meant."""
    if len(query.cities) != 1:
        return _Living()
    if not all(scene.analyser.analyse(word).cities for word in significant_words(query)):
        return _Living()
    [city] = query.cities
    session, here = scene.session, scene.community_id
    found, _ = browsing.directory(
        session, community_id=here, viewer=member.id, city=city, skip=0, limit=_EVERYTHING
    )
    scope_filter = ScopeFilter(scene, scope)
    kept = found if scope_filter.keeps_all else scope_filter.members(found)
    return _Living(city, [id_ for id_ in kept if id_ != member.id and id_ not in besides])


def _neighbours(scene: Scene, city: str, ids: Sequence[int], viewer: Member) -> list[Person]:
    found = _by_id(scene, list(ids))
    seen = privacy.seen_all(scene, members=[found[id_] for id_ in ids], viewer=viewer)
    return [Person(who, (Reason(city, city, "city", 1.0, 1.0),)) for who in seen]


def _posts(scene: Scene, query: Analysis, words: str, best: list[Ranked]) -> list[FoundPost]:
    stored = posts.by_ids(
        scene.session, community_id=scene.community_id, ids=[one.id for one in best]
    )
    authors = _by_id(scene, [post.author_id for post in stored.values()])
    told = []
    for one in best:
        post = stored[one.id]
        against = doubts(query, Analysis.load(post.analysis), said=words, theirs=post.text)
        told.append(FoundPost(post, authors[post.author_id], one.reasons, against))
    return told


def _members(scene: Scene, query: Analysis, best: list[Ranked], viewer: Member) -> list[Person]:
    found = _by_id(scene, [one.id for one in best])
    seen = privacy.seen_all(scene, members=[found[one.id] for one in best], viewer=viewer)
    return [
        Person(who, one.reasons, doubts(query, Analysis.load(found[one.id].analysis or {})))
        for who, one in zip(seen, best, strict=True)
    ]


def _best(query: Analysis, found: list[Ranked]) -> list[Ranked]:
    """The nearest, of equals the newer, that share a word which says something."""
    words = significant_words(query)
    told = [one for one in found if any(reason.word in words for reason in one.reasons)]
    return search_results(sorted(told, key=lambda one: (-one.score, -one.id)), _EVERYTHING)


def _by_id(scene: Scene, ids: list[int]) -> dict[int, Member]:
    found = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    return {member.id: member for member in found}
