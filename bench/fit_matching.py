"""Fit the matcher to judged communities: python -m bench.fit_matching DIR [--write].

Prints what each community gets from weights fitted on the others (leave one out) with a bootstrap
interval over queries, and with --write stores the weights fitted on all of them.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.regression import Example, fit
from bot.commands.evaluate import load
from matching.analyser import Analyser
from matching.comparing import Query
from matching.evaluation import Answer, Trial
from matching.metrics import Judged, Measures, mean, measure
from matching.model import Model, Weights
from matching.ranking import measure as features_of
from matching.ranking import named

SHOW_FIRST = [0.1, 0.15, 0.2, 0.25, 0.3]
SHOW = [0.4, 0.45, 0.5, 0.55, 0.6]
MENTION = [0.6, 0.7, 0.75, 0.8, 0.85, 0.9]
MENTION_AUTHOR = [0.5, 0.55, 0.6, 0.65, 0.7]  # nobody is called on less than even odds
TARGET = Path("matching/fitted.py")

Ranking = tuple[Trial, str, Answer]


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
    """Models of all; cut-offs from what each community gets from models of the others.

    Chances of the communities that a model was fitted on are too high: cut-offs chosen on them
    would be too high for a community that nobody has seen.
    """
    ranked: list[Ranking] = []
    for one in known:
        weights = _modelled([other for other in known if other is not one])
        ranked += [
            (one.trial, q, one.trial.answer(q, weights)) for q in one.trial.community.judgments
        ]
    weights = _modelled(known)
    shown = [[_shown(ranked, weights, first, show) for show in SHOW] for first in SHOW_FIRST]
    first, show = (line[at] for line, at in zip((SHOW_FIRST, SHOW), _peak(shown), strict=True))
    weights = replace(weights, show_first=first, show=show)
    called = [[_called(ranked, weights, author, m) for m in MENTION] for author in MENTION_AUTHOR]
    author, mention = (
        line[at] for line, at in zip((MENTION_AUTHOR, MENTION), _peak(called), strict=True)
    )
    return replace(weights, mention=mention, mention_author=author)


def _modelled(known: Sequence[Known]) -> Weights:
    models = {
        name: fit([row for one in known for row in one.examples[name]])
        for name in ("post", "member_for_need", "member_for_offer")
    }
    return Weights(**models, show=0.45, show_first=0.2, mention_author=0.5, mention=0.8)


def _shown(ranked: Sequence[Ranking], weights: Weights, first: float, show: float) -> float:
    """What members see most: the first line, then the whole list."""
    posts, _ = _score(ranked, replace(weights, show_first=first, show=show))
    return posts.f1 + posts.p_at_1 / 2


def _called(ranked: Sequence[Ranking], weights: Weights, author: float, mention: float) -> float:
    return _score(ranked, replace(weights, mention_author=author, mention=mention))[1].f05


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


def _score(ranked: Sequence[Ranking], weights: Weights) -> tuple[Measures, Measures]:
    posts: dict[str, list[Judged]] = {}
    calls: dict[str, list[Judged]] = {}
    for trial, query, found in ranked:
        post, call = trial.judge(query, trial.decide(query, found, weights))
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
