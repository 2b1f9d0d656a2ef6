"""Looking something up in the pool: the database finds candidates, matching ranks them."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from pydantic_core import from_json

from community.scene import Scene
from matching import (
    ANYTHING,
    FITTED,
    Analysis,
    Candidate,
    Ranked,
    Stats,
    Stored,
    Weights,
    rank,
    weighted_terms,
)
from storage.queries.pool import nearest, postings

MEMBERS = "member"
MOST_CANDIDATES = 80  # are looked at closely, of all that share a telling word
FEW_CANDIDATES = 48  # likewise, where no more than the best are wanted
_MOST_FILTERED = 600  # likewise, where only some of them are wanted
SMALL = 256  # a shelf with no more on it is looked through as a whole
_LEAST = 1e-4  # weight of what only stands on the same shelf
_KEPT = 2_000  # analyses that need not be read again: 12 to 16 MB
_CAP = 5_000  # a term in more texts than this is common, however many they are


def ranked(
    scene: Scene,
    *,
    query: Analysis,
    shelf: str,
    exclude_author: int | None = None,
    limit: int = MOST_CANDIDATES,
    scope_filter: Callable[[list[int]], list[int]] | None = None,
    weights: Weights = FITTED,
) -> list[Ranked]:
    """What is on the shelf (need, offer, member) and may have to do with the query, best first.

    ``exclude_author`` leaves out a member's own posts, or on the member shelf himself;
    ``scope_filter`` takes out of all items what is not wanted.
    """
    weighed = stats(scene, query, shelf)
    telling = weighted_terms(query, weighed)
    if query.units and weighed.size <= SMALL:  # also what shares no word may be about the same
        telling, limit = {**telling, ANYTHING: _LEAST}, SMALL
    if scope_filter is None:
        found = _near(scene, shelf, telling, limit, exclude_author)
    else:
        ids = scope_filter(_candidates(scene, shelf, telling, _MOST_FILTERED))[:limit]
        found = _among(scene, shelf, ids, exclude_author)
    near = [Candidate(id_, _read(analysis), owner) for id_, owner, analysis in found]
    return rank(query, near, weighed, weights)


def candidates(scene: Scene, *, query: Analysis, shelf: str, limit: int) -> list[int]:
    """What is on the shelf and shares telling words with the query, unranked."""
    weights = weighted_terms(query, stats(scene, query, shelf))
    return _candidates(scene, shelf, weights, limit)


def stats(scene: Scene, query: Analysis, shelf: str) -> Stats:
    """How large the shelf is, and in how many items each term of the query is."""
    size, df = postings.counts(
        scene.session,
        community_id=scene.community_id,
        shelf=shelf,
        terms=query.terms,
        cap=_CAP,
    )
    return Stats(size, df)


def _candidates(scene: Scene, shelf: str, weights: Mapping[str, float], limit: int) -> list[int]:
    return postings.candidates(
        scene.session,
        community_id=scene.community_id,
        shelf=shelf,
        weights=weights,
        limit=limit,
    )


def _near(
    scene: Scene, shelf: str, weights: Mapping[str, float], limit: int, exclude: int | None
) -> nearest.Found:
    session, community_id = scene.session, scene.community_id
    asked = postings.NearestQuery(community_id, shelf, weights, limit)
    if shelf == MEMBERS:
        return nearest.members_near(session, asked=asked, exclude=exclude)
    return nearest.posts_near(
        session, asked=asked, now=scene.now, exclude_author=exclude, closed=_is_closed(shelf)
    )


def _among(scene: Scene, shelf: str, ids: list[int], exclude: int | None) -> nearest.Found:
    session, community_id = scene.session, scene.community_id
    if shelf == MEMBERS:
        return nearest.members(session, community_id=community_id, ids=ids, exclude=exclude)
    return nearest.posts(
        session,
        community_id=community_id,
        ids=ids,
        now=scene.now,
        exclude_author=exclude,
        closed=_is_closed(shelf),
    )


@lru_cache(_KEPT)
def _read(analysis: str) -> Stored:
    """The same words are found again and again, and nobody changes what was read."""
    return Stored(from_json(analysis) or {})


def _is_closed(shelf: str) -> bool:
    return shelf.startswith("ex-")
