"""Fit the matcher to judged communities: python -m bench.fit_matching DIR [--write].

Prints what each community gets from weights fitted on the others (leave one out) with a bootstrap
interval over queries, and with --write stores the weights fitted on all of them.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from bot.commands.evaluate import load
from matching.analyser import Analyser
from matching.evaluation import Answer, Trial
from matching.features import Query
from matching.fitting import Example, fit
from matching.metrics import Judged, Measures, mean, measure
from matching.model import Model, Weights
from matching.ranking import measure as features_of

SHOW = [0.22 + 0.03 * step for step in range(13)]
MENTION = [0.4 + 0.05 * step for step in range(9)]
MENTION_AUTHOR = [0.3, 0.4, 0.5, 0.6, 0.7]
TARGET = Path("matching/fitted.py")


def examples(trials: Sequence[Trial]) -> dict[str, list[Example]]:
    """Every candidate of every query with its features, and whether it was judged right."""
    found: dict[str, list[Example]] = {"post": [], "member_for_need": [], "member_for_offer": []}
    for trial in trials:
        for query, judged in trial.community.judgments.items():
            analysis, searched = trial.posts[query], trial.searched(query)
            posts = features_of(Query.weigh(analysis, searched.post_stats), searched.posts)
            found["post"] += [(f, judged.get(f"p{c.id:03d}", 0) > 0) for c, _, f in posts]
            members = features_of(Query.weigh(analysis, searched.member_stats), searched.members)
            side = found[f"member_for_{analysis.kind}"]
            side += [(f, judged.get(f"m{c.id:03d}", 0) > 0) for c, _, f in members]
    return found


def learn(trials: Sequence[Trial]) -> Weights:
    """Models first, then the cut-offs that serve the same communities best."""
    models = {name: fit(rows) for name, rows in examples(trials).items()}
    weights = Weights(**models, show=0.4, mention_author=0.5, mention=0.6)
    ranked = [(t, q, t.answer(q, weights)) for t in trials for q in t.community.judgments]
    shown = [_score(trials, ranked, replace(weights, show=round(show, 2)))[0].f1 for show in SHOW]
    weights = replace(weights, show=round(SHOW[_peak([shown])[1]], 2))
    called = [
        [
            _score(trials, ranked, replace(weights, mention=m, mention_author=author))[1].f05
            for m in MENTION
        ]
        for author in MENTION_AUTHOR
    ]
    author_at, at = _peak(called)
    author, mention = MENTION_AUTHOR[author_at], round(MENTION[at], 2)
    return replace(weights, mention=mention, mention_author=author)


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


def _score(
    trials: Sequence[Trial], ranked: Sequence[tuple[Trial, str, Answer]], weights: Weights
) -> tuple[Measures, Measures]:
    judged = [(t, t.judge(q, t.decide(q, found, weights))) for t, q, found in ranked]
    posts = [measure([p for t, (p, _) in judged if t is trial]) for trial in trials]
    calls = [measure([m for t, (_, m) in judged if t is trial]) for trial in trials]
    return mean(posts), mean(calls)


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
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    analyser = Analyser()
    trials = [Trial.prepare(community, analyser) for community in load(wanted.folder)]
    posts: list[list[Judged]] = []
    calls: list[list[Judged]] = []
    for trial in trials:
        weights = learn([other for other in trials if other is not trial])
        pairs = [trial.judge(q, trial.answer(q, weights)) for q in trial.community.judgments]
        posts.append([post for post, _ in pairs])
        calls.append([call for _, call in pairs])
        _print(trial.community.name, measure(posts[-1]), measure(calls[-1]))
    _print("mean", mean([measure(p) for p in posts]), mean([measure(c) for c in calls]))
    for side, groups in (("posts", posts), ("mentions", calls)):
        for name in ("p_at_1", "precision", "recall", "f1", "f05"):
            low, high = interval(groups, name)
            print(f"{side} {name}: 95 % between {low:.3f} and {high:.3f}")  # noqa: T201
    if wanted.write:
        TARGET.write_text("\n".join(source(learn(trials))) + "\n", encoding="utf-8")


def _print(name: str, posts: Measures, calls: Measures) -> None:
    for side, measures in (("posts", posts), ("mentions", calls)):
        row = " ".join(f"{key} {value:.3f}" for key, value in measures.as_dict().items())
        print(f"{name:9} {side:8} {row}")  # noqa: T201


if __name__ == "__main__":
    main()
