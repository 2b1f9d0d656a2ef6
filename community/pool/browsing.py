"""What is new in the pool, without a word to look for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from community.anonymity.hiding import unseen_of
from community.pool.found_post import FoundPost
from community.pool.indexing import CLOSED
from community.pool.scope import Scope, place
from community.scene import Scene
from matching import CITY_WEIGHT
from storage.queries.people import members
from storage.queries.pool import browsing, posts
from storage.tables import Member


@dataclass(frozen=True)
class Newest:
    """Some posts, the newest first; ``before`` is where the next page begins, None: nowhere."""

    posts: Sequence[FoundPost]
    before: int | None


def newest(
    scene: Scene,
    *,
    scope: Scope,
    viewer: Member | None = None,
    before: int | None = None,
    size: int,
) -> Newest:
    """The newest posts of the scope, older than number ``before``, but for what is hidden from the
    viewer; no viewer: from anybody.
    """
    if scope.kind == "member":
        return Newest((), None)
    found = sorted(set(_numbers(scene, scope, before, size + 1)), reverse=True)
    stored = posts.by_ids(scene.session, community_id=scene.community_id, ids=found[:size])
    told = [stored[id_] for id_ in found[:size] if id_ in stored]
    authors = {
        one.id: one
        for one in members.by_ids(
            scene.session,
            community_id=scene.community_id,
            ids=[post.author_id for post in told],
        )
    }
    more = told[-1].id if len(found) > size and told else None
    hidden = unseen_of(scene, authors.values(), by=None if viewer is None else viewer.id)
    seen = [post for post in told if post.author_id not in hidden]
    return Newest([FoundPost(post, authors[post.author_id], ()) for post in seen], more)


def _numbers(scene: Scene, scope: Scope, before: int | None, limit: int) -> Iterator[int]:
    """From each corner of the pool its newest, which are enough to choose the newest of all."""
    session, here = scene.session, scene.community_id
    city = place(scene, scope)
    authors = trade = None
    if scope.industry:
        trade = browsing.people(session, community_id=here, industry=scope.industry)
    if scope.city or scope.industry:
        authors = browsing.people(
            session, community_id=here, city=city.words, industry=scope.industry
        )
    for kind in scope.kinds:
        for state in ("active", *CLOSED) if scope.closed else ("active",):
            yield from browsing.newest(
                session, community_id=here, state=state, kind=kind, before=before, limit=limit,
                authors=authors,
            )  # fmt: skip
    for shelf in scope.shelves if city.term else ():
        yield from browsing.newest_with(
            session, community_id=here, shelf=shelf, term=city.term, weight=CITY_WEIGHT,
            before=before, limit=limit, authors=trade,
        )  # fmt: skip
