"""What is worth showing, and whom to mention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.analysis import Analysis
from matching.fitted import FITTED
from matching.model import Weights
from matching.ranking import Ranked, Reason


@dataclass(frozen=True)
class Call:
    """A member who deserves a mention; post is the one of his that called for it, if any."""

    id: int
    score: float
    reasons: tuple[Reason, ...]
    post: int | None = None


def shortlist(
    query: Analysis,
    ranked: Sequence[Ranked],
    limit: int = 3,
    weights: Weights = FITTED,
    *,
    likely: bool = False,
) -> list[Ranked]:
    """Posts worth showing, of what is ranked best first; nothing when nothing fits.

    Whoever asked with a post of his own also sees the best one if it is merely likely.
    """
    if not query.units:
        return []
    floors = [weights.show_first if likely else weights.show, weights.show]
    likeliest = [one for one in ranked if one.score >= min(floors)]  # why is asked of no others
    apt = [one for one in likeliest if _says_more_than_where(query, one)]
    sure = [one for at, one in enumerate(apt) if one.score >= floors[at > 0]]
    return sure[:limit]


def search_results(
    ranked: Sequence[Ranked], limit: int = 10, weights: Weights = FITTED
) -> list[Ranked]:
    """What #find lists: wider than what is shown unasked."""
    if not ranked:
        return []
    floor = min(weights.show_first, ranked[0].score) / 2
    return [found for found in ranked if found.score >= floor][:limit]


def is_good(score: float, weights: Weights = FITTED) -> bool:
    """Whether the best that a search found may well be what was looked for."""
    return score >= weights.show_first


def callable_members(
    query: Analysis,
    members: Sequence[Ranked],
    shown: Sequence[Ranked] = (),
    authors: Mapping[int, int] | None = None,
    weights: Weights = FITTED,
) -> list[Call]:
    """All who deserve a mention, best first; the caller removes the author and the muted."""
    if not query.units:
        return []
    calls: dict[int, Call] = {}
    for post in shown:
        author = (authors or {}).get(post.id)
        if author is not None and author not in calls and post.score >= weights.mention_author:
            calls[author] = Call(author, post.score, post.reasons, post.id)
    for member in members:
        if member.score < weights.mention:
            continue
        known = calls.get(member.id)
        if known is None:
            calls[member.id] = Call(member.id, member.score, member.reasons)
        else:  # profile and post agree: the chance that both are wrong is small
            both = round(1 - (1 - known.score) * (1 - member.score), 4)
            calls[member.id] = Call(member.id, both, known.reasons, known.post)
    return sorted(calls.values(), key=lambda call: (-call.score, -call.id))


def _says_more_than_where(query: Analysis, ranked: Ranked) -> bool:
    """To be in the same city is no reason by itself."""
    if not query.cities:
        return True
    words = {reason.word for reason in ranked.reasons}
    return not words or not words <= query.cities
