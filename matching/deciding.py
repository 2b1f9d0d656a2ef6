"""What is worth showing, and whom to mention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.analysis import Analysis
from matching.fitted import FITTED
from matching.joint import RankedMember
from matching.model import Weights
from matching.ranking import Ranked
from matching.reasons import Reason

GOOD_SCORE = 0.1  # a search found what may well be meant


@dataclass(frozen=True)
class MentionCandidate:
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
    apt = [one for one in likeliest if _matches_beyond_place(query, one)]
    sure = [one for at, one in enumerate(apt) if one.score >= floors[at > 0]]
    return sure[:limit]


def search_results(ranked: Sequence[Ranked], limit: int = 10) -> list[Ranked]:
    """What #find lists: wider than what is shown unasked."""
    if not ranked:
        return []
    floor = min(GOOD_SCORE, ranked[0].score) / 2
    return [found for found in ranked if found.score >= floor][:limit]


def is_good(score: float) -> bool:
    """Whether the best that a search found may well be what was looked for."""
    return score >= GOOD_SCORE


def mention_candidates(
    query: Analysis,
    people: Sequence[RankedMember],
    shown: Sequence[Ranked] = (),
    weights: Weights = FITTED,
) -> list[MentionCandidate]:
    """All who deserve a mention, best first; the caller removes the author and the muted.

    Whoever has a post among those shown that fits is called for it, the others for their profiles.
    """
    if not query.units:
        return []
    listed = {post.id: post for post in shown}
    likely = [one for one in people if one.score >= weights.mention]
    calls = [_call(one, listed, weights) for one in likely]
    return [call for call in calls if call is not None]


def _call(
    one: RankedMember, shown: Mapping[int, Ranked], weights: Weights
) -> MentionCandidate | None:
    profile, best = one.found.profile, one.found.post
    post = None if best is None else shown.get(best.id)
    if post is not None and (profile is None or post.score >= weights.show):
        return MentionCandidate(one.id, one.score, post.reasons, post.id)
    return None if profile is None else MentionCandidate(one.id, one.score, profile.reasons)


def _matches_beyond_place(query: Analysis, ranked: Ranked) -> bool:
    """To be in the same city is no reason by itself."""
    if not query.cities:
        return True
    words = {reason.word for reason in ranked.reasons}
    return not words or not words <= query.cities
