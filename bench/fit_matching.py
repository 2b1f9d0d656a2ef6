"""Fit the matcher to judged communities: python -m bench.fit_matching DIR [--write].

Prints what each community gets from weights fitted on the others (leave one out) with a bootstrap
interval over queries, and with --write stores the weights fitted on all of them.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bench.regression import Example, fit
from bot.commands.evaluate import load
from matching.analyser import Analyser
from matching.comparing import Query
from matching.evaluation import Ranking, Trial, number
from matching.metrics import Judged, Measures, mean, measure, relevant_members, relevant_posts
from matching.model import Model, Weights
from matching.ranking import Ranked, named
from matching.ranking import measure as features_of
from matching.together import TOGETHER, Seen, Settled, Values, of_people, of_posts, settle

SHOW_FIRST = [0.35, 0.4, 0.45]  # no line that is wrong two times in three
SHOW = [0.5, 0.55, 0.6]
MENTION = [0.7, 0.74, 0.78, 0.82]  # a wrong call costs more trust than a missed one
TARGET = Path("matching/fitted.py")


class Question(NamedTuple):
    """A query, and what models of other communities found for it."""

    trial: Trial
    query: str
    ranking: Ranking


Answered = tuple[Question, Settled]


@dataclass(frozen=True)
class Known:
    """A judged community with every candidate's features, and whether it was judged right."""

    trial: Trial
    examples: Mapping[str, Sequence[Example]]

    @classmethod
    def prepare(cls, trial: Trial) -> "Known":
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


def learn(known: Sequence[Known]) -> Weights:
    """Models of all; what stands on them is learnt from what each community gets from the others.

    Chances of the communities that a model was fitted on are too high: how posts and profiles go
    together, and the cut-offs, would be learnt from better rankings than anybody gets.
    """
    asked: list[Question] = []
    for one in known:
        weights = _modelled([other for other in known if other is not one])
        asked += [
            Question(one.trial, query, one.trial.ranked(query, weights))
            for query in one.trial.community.judgments
        ]
    weights = _together(asked, _modelled(known))
    settled = [(one, _settled(one, weights)) for one in asked]
    shown = [[_shown(settled, weights, first, show) for show in SHOW] for first in SHOW_FIRST]
    first, show = (line[at] for line, at in zip((SHOW_FIRST, SHOW), _peak(shown), strict=True))
    weights = replace(weights, show_first=first, show=show)
    _, mention = _peak([[_called(settled, weights, mention) for mention in MENTION]])
    return replace(weights, mention=MENTION[mention])


def _modelled(known: Sequence[Known]) -> Weights:
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


def _together(asked: Sequence[Question], weights: Weights) -> Weights:
    """The weights, with how a post and its author's profile go together."""
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for trial, query, found in asked:
        judged, kind = trial.community.judgments[query], trial.posts[query].kind
        posts = {number(name) for name in relevant_posts(judged)}
        people = {number(name) for name in relevant_members(judged, trial.author)}
        examples[f"post_for_{kind}"] += _weighed(of_posts(found.posts, found.members), posts)
        examples[f"person_for_{kind}"] += _weighed(of_people(found.posts, found.members), people)
    return replace(
        weights,
        post_for_need=fit(examples["post_for_need"]),
        post_for_offer=fit(examples["post_for_offer"]),
        person_for_need=fit(examples["person_for_need"]),
        person_for_offer=fit(examples["person_for_offer"]),
    )


def _weighed(
    measured: Iterable[tuple[Ranked | Seen, Values | None]], right: Collection[int]
) -> Iterator[Example]:
    for one, values in measured:
        if values is not None:
            yield dict(zip(TOGETHER, values, strict=True)), one.id in right


def _settled(asked: Question, weights: Weights) -> Settled:
    found = asked.ranking
    return settle(asked.trial.posts[asked.query], found.posts, found.members, weights)


def _shown(settled: Sequence[Answered], weights: Weights, first: float, show: float) -> float:
    """What members see most: the first line, then the whole list."""
    posts, _ = _score(settled, replace(weights, show_first=first, show=show))
    return posts.f1 + posts.p_at_1 / 2


def _called(settled: Sequence[Answered], weights: Weights, mention: float) -> float:
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


def interval(groups: Sequence[Sequence[Judged]], name: str) -> tuple[float, float]:
    """Of the mean over communities: 95 % over queries drawn again."""
    draw = random.Random(1)
    values = sorted(
        getattr(mean([measure(draw.choices(group, k=len(group))) for group in groups]), name)
        for _ in range(500)
    )
    return values[12], values[487]


def source(weights: Weights) -> Iterator[str]:
    """The weights as the module that production imports."""
    yield '"""Written by bench/fit_matching.py; see docs/matching.md."""\n'
    yield "from matching.model import Model, Weights\n"
    yield "FITTED = Weights("
    for name, value in asdict(weights).items():
        if isinstance(getattr(weights, name), Model):
            yield f"    {name}=Model("
            yield f"        {value['bias']},"
            yield "        {"
            yield from (f'            "{n}": {w},' for n, w in value["weights"].items())
            yield "        },\n    ),"
        else:
            yield f"    {name}={value},"
    yield ")"


def main() -> None:
    """Leave each community out in turn, then fit all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="each community here is left out in turn")
    parser.add_argument("--also", type=Path, help="more communities to learn from")
    parser.add_argument("--apart", action="store_true", help="judge --also as well")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    analyser = Analyser()
    known = [Known.prepare(Trial.prepare(c, analyser)) for c in load(wanted.folder)]
    more = load(wanted.also) if wanted.also else []
    known_too = [Known.prepare(Trial.prepare(c, analyser)) for c in more]
    report(known, known_too)
    if wanted.apart:
        report(known_too, known)
    if wanted.write:
        weights = learn([*known, *known_too])
        TARGET.write_text("\n".join(source(weights)) + "\n", encoding="utf-8")


def report(left_out: Sequence[Known], others: Sequence[Known]) -> None:
    """What each gets from weights fitted on all but itself, and their mean."""
    posts: list[list[Judged]] = []
    calls: list[list[Judged]] = []
    for one in left_out:
        weights = learn([other for other in (*left_out, *others) if other is not one])
        trial = one.trial
        pairs = [trial.judge(q, trial.answer(q, weights)) for q in trial.community.judgments]
        posts.append([post for post, _ in pairs])
        calls.append([call for _, call in pairs])
        _print(trial.community.name, measure(posts[-1]), measure(calls[-1]))
    _print("mean", mean([measure(p) for p in posts]), mean([measure(c) for c in calls]))
    for side, groups in (("posts", posts), ("mentions", calls)):
        for name in ("p_at_1", "precision", "recall", "f1", "f05"):
            low, high = interval(groups, name)
            print(f"{side} {name}: 95 % between {low:.3f} and {high:.3f}")  # noqa: T201


def _print(name: str, posts: Measures, calls: Measures) -> None:
    for side, measures in (("posts", posts), ("mentions", calls)):
        row = " ".join(f"{key} {value:.3f}" for key, value in measures.as_dict().items())
        print(f"{name:9} {side:8} {row}")  # noqa: T201


if __name__ == "__main__":
    main()
