"""What is worth showing, and whom to mention: rules relative to the query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.analysis import Analysis
from matching.ranking import Ranked, Reason


@dataclass(frozen=True)
class Call:
    """A member who deserves a mention; post is the one of his that called for it, if any."""

    id: int
    score: float
    reasons: tuple[Reason, ...]
    post: int | None = None


def _strong(reason: Reason) -> bool:
    return reason.near >= 0.9


def shortlist(query: Analysis, ranked: Sequence[Ranked], limit: int = 3) -> list[Ranked]:
    """Posts worth showing; nothing when nothing fits."""
    if not ranked or not query.units:
        return []
    floor = max(ranked[0].score * 0.5, 5.0)
    return [r for r in ranked if r.score >= floor and r.coverage >= 0.12 and not r.against][:limit]


def search_results(ranked: Sequence[Ranked], limit: int = 10) -> list[Ranked]:
    """What #find lists: wider than what is shown unasked."""
    if not ranked:
        return []
    return [r for r in ranked if r.score >= ranked[0].score * 0.25 and r.score >= 2.0][:limit]


def callable_members(
    query: Analysis,
    members: Sequence[Ranked],
    shown: Sequence[Ranked] = (),
    authors: Mapping[int, int] | None = None,
) -> list[Call]:
    """All who deserve a mention, best first; the caller removes the author and the muted."""
    calls: dict[int, Call] = {}
    for post in shown:
        author = (authors or {}).get(post.id)
        if author is not None and author not in calls:
            calls[author] = Call(author, post.score, post.reasons, post.id)
    if not query.units:
        return []
    top = members[0].score if members else 0.0
    for member in members:
        if member.score < max(top * 0.6, 6.0) or member.coverage < 0.15 or member.against:
            continue
        if not any(_strong(r) for r in member.reasons):
            continue
        if member.id not in calls:
            calls[member.id] = Call(member.id, member.score, member.reasons)
    return list(calls.values())
