"""Posts that ended long ago are forgotten, where the operator wants that."""

from datetime import datetime

from sqlmodel import Session

from community.pool.indexing import closed_shelf
from storage.queries import anonymity, communities
from storage.queries.pool import ended, postings


def prune(session: Session, *, community_id: str, before: datetime, limit: int) -> int:
    """Forget at most so many that ended before then and came to nothing; gives how many it were."""
    communities.lock(session, community_id=community_id)
    found = ended.to_nothing(session, community_id=community_id, before=before, limit=limit)
    for kind in ("need", "offer"):
        nothing: dict[int, dict[str, int]] = {number: {} for number, one in found if one == kind}
        for shelf in (kind, closed_shelf(kind)) if nothing else ():
            postings.replace_all(session, community_id=community_id, shelf=shelf, items=nothing)
    ended.forget(session, community_id=community_id, ids=[number for number, _ in found])
    anonymity.drop_bare(session, community_id=community_id)
    return len(found)
