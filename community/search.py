"""Looking something up in the pool: the database finds candidates, matching ranks them."""

import math
from collections.abc import Callable, Mapping

from community.scene import Scene
from matching import Analysis, Candidate, Ranked, Stats, Stored, probe, rank
from storage.queries import postings, shelves

MEMBERS = "member"
MOST_CANDIDATES = 80  # are looked at closely, of all that share a telling word
_MOST_SIFTED = 600  # likewise, where only some of them are wanted
_TELLING = 32  # terms of a query that candidates are fetched by
_CAP = 5_000  # a term in more texts than this is common, however many they are
_ENOUGH = 4_000  # items to choose the candidates from, those with the rarest terms first
_PRIOR = 1_000  # steadies the rarity of terms while a community is small


def ranked(
    scene: Scene,
    *,
    query: Analysis,
    shelf: str,
    exclude_author: int | None = None,
    limit: int = MOST_CANDIDATES,
    sieve: Callable[[list[int]], list[int]] | None = None,
) -> list[Ranked]:
    """What is on the shelf (need, offer, member) and has to do with the query, the best first.

    ``exclude_author`` leaves out a member's own posts, or on the member shelf himself; ``sieve``
    takes out of all items what is not wanted.
    """
    weighed = stats(scene, query, shelf)
    ids = _candidates(scene, query, shelf, weighed, limit if sieve is None else _MOST_SIFTED)
    if sieve is not None:
        ids = sieve(ids)[:limit]
    return rank(query, _load(scene, shelf, ids, exclude_author), weighed)


def candidates(scene: Scene, *, query: Analysis, shelf: str, limit: int) -> list[int]:
    """What is on the shelf and shares telling words with the query, unranked."""
    return _candidates(scene, query, shelf, stats(scene, query, shelf), limit)


def _candidates(scene: Scene, query: Analysis, shelf: str, weighed: Stats, limit: int) -> list[int]:
    return postings.candidates(
        scene.session,
        community_id=scene.community_id,
        shelf=shelf,
        weights=_weights(query, weighed),
        limit=limit,
    )


def stats(scene: Scene, query: Analysis, shelf: str) -> Stats:
    """How large the shelf is, and in how many items each term of the query is."""
    session, community_id = scene.session, scene.community_id
    size = postings.size(session, community_id=community_id, shelf=shelf)
    df = postings.frequencies(
        session, community_id=community_id, shelf=shelf, terms=query.terms, cap=_CAP
    )
    return Stats(size, df)


def _weights(query: Analysis, stats: Stats) -> Mapping[str, float]:
    """How much each term of the query that occurs at all speaks for a candidate.

    Common terms are left out once the rarer ones lead to enough items: they would cost most, and
    tell least.
    """
    size = stats.size + _PRIOR
    weights = {
        term: query.terms[term] * math.log(1 + size / df)
        for term in probe(query, limit=_TELLING)
        if (df := stats.df.get(term, 0))
    }
    found, told = 0, {}
    for term in sorted(weights, key=lambda term: (-weights[term], term)):
        if found < _ENOUGH:
            told[term] = weights[term]
            found += stats.df[term]
    return told


def _load(scene: Scene, shelf: str, ids: list[int], exclude_author: int | None) -> list[Candidate]:
    session, community_id = scene.session, scene.community_id
    if shelf == MEMBERS:
        found = shelves.members(session, community_id=community_id, ids=ids, exclude=exclude_author)
    else:
        found = shelves.posts(
            session,
            community_id=community_id,
            ids=ids,
            now=scene.now,
            exclude_author=exclude_author,
            closed=shelf.startswith("ex-"),
        )
    return [Candidate(id_, Stored(analysis)) for id_, analysis in found]
