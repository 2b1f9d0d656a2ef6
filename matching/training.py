"""Learn the weights of the matcher from judged communities.

Needs numpy, which a bot does not: for ``laoyou eval --leave-one-out`` and bench/fit_matching.py.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from matching.comparing import Query
from matching.evaluation import Outcome, Ranking, Trial, number
from matching.joint import (
    JOINT_FEATURES,
    FoundMember,
    JointRanking,
    Values,
    joint_member_features,
    joint_post_features,
    rank_jointly,
)
from matching.metrics import Judged, Measures, mean, measure, relevant_members, relevant_posts
from matching.model import Model, Weights
from matching.ranking import Ranked, named
from matching.ranking import measure as features_of
from matching.regression import Example, fit

SHOW_FIRST = [0.35, 0.4, 0.45]  # no line that is wrong two times in three
SHOW = [0.5, 0.55, 0.6]
MENTION = [0.7, 0.74, 0.78, 0.82]  # a wrong call costs more trust than a missed one


class Question(NamedTuple):
    """A query, and what models of other communities found for it."""

    trial: Trial
    query: str
    ranking: Ranking


Answered = tuple[Question, JointRanking]


@dataclass(frozen=True)
class JudgedCommunity:
    """A judged community with every candidate's features, and whether it was judged right."""

    trial: Trial
    examples: Mapping[str, Sequence[Example]]

    @classmethod
    def prepare(cls, trial: Trial) -> "JudgedCommunity":
        """Measure each candidate of each query once."""
        found: dict[str, list[Example]] = {"post": []}
        found |= {"member_for_need": [], "member_for_offer": []}
        for query, judged in trial.community.judgments.items():
            analysis, searched = trial.posts[query], trial.searched(query)
            posts = features_of(Query.weigh(analysis, searched.post_stats), searched.posts)
            found["post"] += [(named(f), judged.get(f"p{c.id:03d}", 0) > 0) for c, _, f in posts]
            members = features_of(Query.weigh(analysis, searched.member_stats), searched.members)
            side = found[f"member_for_{analysis.kind}"]
            side += [(named(f), judged.get(f"m{c.id:03d}", 0) > 0) for c, _, f in members]
        return cls(trial, found)


def learn(known: Sequence[JudgedCommunity]) -> Weights:
    """Models of all; what stands on them is learnt from what each community gets from the others.

    Chances of the communities that a model was fitted on are too high: how posts and profiles go
    together, and the cut-offs, would be learnt from better rankings than anybody gets.
    """
    asked: list[Question] = []
    for one in known:
        weights = _fit_models([other for other in known if other is not one])
        asked += [
            Question(one.trial, query, one.trial.ranked(query, weights))
            for query in one.trial.community.judgments
        ]
    weights = _fit_joint_models(asked, _fit_models(known))
    settled = [(one, _settled(one, weights)) for one in asked]
    shown = [[_shown_score(settled, weights, first, show) for show in SHOW] for first in SHOW_FIRST]
    first, show = (line[at] for line, at in zip((SHOW_FIRST, SHOW), _peak(shown), strict=True))
    weights = replace(weights, show_first=first, show=show)
    _, mention = _peak([[_mention_score(settled, weights, mention) for mention in MENTION]])
    return replace(weights, mention=MENTION[mention])


def _fit_models(known: Sequence[JudgedCommunity]) -> Weights:
    models = {
        name: fit([row for one in known for row in one.examples[name]])
        for name in ("post", "member_for_need", "member_for_offer")
    }
    blank = Model(0.0, {})
    return Weights(
        **models,
        post_for_need=blank,
        post_for_offer=blank,
        person_for_need=blank,
        person_for_offer=blank,
        show=0.0,
        show_first=0.0,
        mention=0.0,
    )


def _fit_joint_models(asked: Sequence[Question], weights: Weights) -> Weights:
    """The weights, with how a post and its author's profile go together."""
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for trial, query, found in asked:
        judged, kind = trial.community.judgments[query], trial.posts[query].kind
        posts = {number(name) for name in relevant_posts(judged)}
        people = {number(name) for name in relevant_members(judged, trial.author)}
        examples[f"post_for_{kind}"] += _weighed(
            joint_post_features(found.posts, found.members), posts
        )
        examples[f"person_for_{kind}"] += _weighed(
            joint_member_features(found.posts, found.members), people
        )
    return replace(
        weights,
        post_for_need=fit(examples["post_for_need"]),
        post_for_offer=fit(examples["post_for_offer"]),
        person_for_need=fit(examples["person_for_need"]),
        person_for_offer=fit(examples["person_for_offer"]),
    )


def _weighed(
    measured: Iterable[tuple[Ranked | FoundMember, Values | None]], right: Collection[int]
) -> Iterator[Example]:
    for one, values in measured:
        if values is not None:
            yield dict(zip(JOINT_FEATURES, values, strict=True)), one.id in right


def _settled(asked: Question, weights: Weights) -> JointRanking:
    found = asked.ranking
    return rank_jointly(asked.trial.posts[asked.query], found.posts, found.members, weights)


def _shown_score(settled: Sequence[Answered], weights: Weights, first: float, show: float) -> float:
    """What members see most: the first line, then the whole list."""
    posts, _ = _score(settled, replace(weights, show_first=first, show=show))
    return posts.f1 + posts.p_at_1 / 2


def _mention_score(settled: Sequence[Answered], weights: Weights, mention: float) -> float:
    return _score(settled, replace(weights, mention=mention))[1].f05


def _peak(grid: Sequence[Sequence[float]]) -> tuple[int, int]:
    """The best place by the mean of its neighbourhood: a lone peak is luck."""

    def around(row: int, column: int) -> float:
        near = [
            grid[r][c]
            for r in range(max(row - 1, 0), min(row + 2, len(grid)))
            for c in range(max(column - 1, 0), min(column + 2, len(grid[r])))
        ]
        return sum(near) / len(near)

    places = [(r, c) for r, line in enumerate(grid) for c in range(len(line))]
    return max(places, key=lambda place: around(*place))


def _score(settled: Sequence[Answered], weights: Weights) -> tuple[Measures, Measures]:
    posts: dict[str, list[Judged]] = {}
    calls: dict[str, list[Judged]] = {}
    for (trial, query, _), found in settled:
        post, call = trial.judge(query, trial.choose(query, found, weights))
        posts.setdefault(trial.community.name, []).append(post)
        calls.setdefault(trial.community.name, []).append(call)
    return mean([measure(p) for p in posts.values()]), mean([measure(c) for c in calls.values()])


def left_out(
    judged: Sequence[JudgedCommunity], others: Sequence[JudgedCommunity] = ()
) -> Iterator[tuple[Trial, Outcome]]:
    """Each of them answered by weights that were learnt from all but itself."""
    for one in judged:
        weights = learn([other for other in (*judged, *others) if other is not one])
        yield one.trial, one.trial.outcome(weights)
