"""Joint ranking: what a post and the profile of its author say together, among all others.

Each text by itself has a chance already (``ranking``). A post is likelier to fit when its author's
profile does, too, and a member when a post of his does; who is far behind the best, or in doubt
among many who are as likely, is less likely to be meant. A logistic regression over these few
numbers settles it: one for posts and one for people, each for needs and for offers. Nobody's chance
is less than that of his post.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import NamedTuple

from matching.analysis import Analysis
from matching.model import Model, Weights
from matching.ranking import UNWANTED_FACTOR, Ranked

JOINT_FEATURES = ("own", "other", "better", "both", "behind", "crowd", "sure", "other_first")
NEARLY_SURE = 0.9  # what is likelier by itself is nearly always right
MIN_CHANCE = 0.03  # a chance below it counts as none, and one above 1 - MIN_CHANCE as sure

Values = tuple[float, ...]


class FoundMember(NamedTuple):
    """Somebody who may help, as far as he was found: his profile, and the best of his posts."""

    id: int
    profile: Ranked | None
    post: Ranked | None

    @property
    def chances(self) -> tuple[float, float]:
        """Of the profile and of the post, each by itself."""
        profile, post = self.profile, self.post
        return (0.0 if profile is None else profile.score, 0.0 if post is None else post.score)


@dataclass(frozen=True)
class RankedMember:
    """Somebody who may help, and the chance that he can."""

    found: FoundMember
    score: float

    @property
    def id(self) -> int:
        """The member's number."""
        return self.found.id

    @property
    def profile(self) -> Ranked | None:
        """His profile, where it was found, with the chance that he can help."""
        found = self.found.profile
        return None if found is None else replace(found, score=self.score)


@dataclass(frozen=True)
class JointRanking:
    """Posts and people with the chance that all together give them, best first."""

    posts: Sequence[Ranked] = ()
    people: Sequence[RankedMember] = ()


def rank_jointly(
    query: Analysis, posts: Sequence[Ranked], members: Sequence[Ranked], weights: Weights
) -> JointRanking:
    """Judge posts and their authors together; both are given as ``rank`` leaves them."""
    post, person = _models(query.kind, weights)
    likely, called = post.over(JOINT_FEATURES), person.over(JOINT_FEATURES)
    listed = [
        one if values is None else replace(one, score=_score(likely(values), one))
        for one, values in joint_post_features(posts, members)
    ]
    right = {one.id: one.score for one in listed}
    people = [
        RankedMember(
            found, max(found.chances) if values is None else _score(called(values), *found[1:])
        )
        for found, values in joint_member_features(posts, members)
    ]
    people = [_at_least_his_post(one, right) for one in people]
    return JointRanking(
        sorted(listed, key=lambda one: (-one.score, -one.id)),
        sorted(people, key=lambda one: (-one.score, -one.id)),
    )


def _at_least_his_post(one: RankedMember, right: Mapping[int, float]) -> RankedMember:
    """Whoever wrote a post that fits can help, unless his profile says that he is not wanted."""
    profile, post = one.found.profile, one.found.post
    if post is None or right[post.id] <= one.score or (profile is not None and profile.against):
        return one
    return replace(one, score=right[post.id])


def _models(kind: str, weights: Weights) -> tuple[Model, Model]:
    """For posts and for people, to answer a need or an offer."""
    if kind == "offer":
        return weights.post_for_offer, weights.person_for_offer
    return weights.post_for_need, weights.person_for_need


def joint_post_features(
    posts: Sequence[Ranked], members: Sequence[Ranked]
) -> Iterator[tuple[Ranked, Values | None]]:
    """What is to be weighed of each post; nothing of one without a chance.

    A profile speaks for a post and not against it, since most say little.
    """
    of_author = {one.id: one.score for one in members}
    chances = [
        (one.score, _profile_chance(one.score, of_author.get(one.owner, 0.0))) for one in posts
    ]
    return zip(posts, _measured(chances, best_other=_best(members)), strict=True)


def joint_member_features(
    posts: Sequence[Ranked], members: Sequence[Ranked]
) -> Iterator[tuple[FoundMember, Values | None]]:
    """The same of all whose profile or whose post was found, each once."""
    found: dict[int, Ranked] = {}
    for one in posts:
        found.setdefault(one.owner, one)  # his best: they come in this order
    people = [FoundMember(one.id, one, found.pop(one.id, None)) for one in members]
    people += [FoundMember(owner, None, post) for owner, post in found.items()]
    chances = [one.chances for one in people]
    return zip(people, _measured(chances, best_other=_best(posts)), strict=True)


def _best(ranked: Sequence[Ranked]) -> float:
    return ranked[0].score if ranked else 0.0


def _measured(
    chances: Sequence[tuple[float, float]], *, best_other: float
) -> Iterator[Values | None]:
    """TOGETHER for each pair of an own and the other chance."""
    best = nlargest(3, (own for own, _ in chances))
    first, rest = sum(best[:1]), sum(best[1:])
    for own, other in chances:
        if max(own, other) < MIN_CHANCE:
            yield None
            continue
        yield (
            _log_odds(own),
            _log_odds(other),
            max(own, other),
            own * other,
            own - first,
            rest * (1 - own),  # equals speak against each other, but not where all are sure
            max(0.0, own - NEARLY_SURE) / (1 - NEARLY_SURE),
            float(other > 0 and other == best_other),
        )


def _profile_chance(post: float, profile: float) -> float:
    """The chance of the author's profile, but not less than that of such authors usually is."""
    if max(post, profile) < MIN_CHANCE:
        return profile
    usual = 1 / (1 + math.exp(1.47 - 0.4 * _log_odds(post)))  # a line through the judged data
    return max(profile, usual)


def _log_odds(chance: float) -> float:
    """The logarithm of the odds; what is next to nothing, or next to sure, is no more than that."""
    held = min(max(chance, MIN_CHANCE), 1 - MIN_CHANCE)
    return math.log(held / (1 - held))


def _score(chance: float, *found: Ranked | None) -> float:
    """Whom somebody does not want is kept back by more than a lower chance by himself."""
    unwanted = sum(len(one.against) for one in found if one is not None)
    return round(chance * UNWANTED_FACTOR**unwanted, 4)
