"""Fit the matcher to judged communities: python -m bench.fit_matching DIR [--write].

Prints what each community gets from weights fitted on the others (leave one out) with a bootstrap
interval over queries, and with --write stores the weights fitted on all of them.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.commands.evaluate import load
from matching.analyser import Analyser
from matching.evaluation import Outcome, Trial
from matching.metrics import Measures, intervals, mean
from matching.model import Model, Weights
from matching.training import JudgedCommunity, learn, left_out

TARGET = Path("matching/fitted.py")


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
    known = [JudgedCommunity.prepare(Trial.prepare(c, analyser)) for c in load(wanted.folder)]
    more = load(wanted.also) if wanted.also else []
    known_too = [JudgedCommunity.prepare(Trial.prepare(c, analyser)) for c in more]
    report(known, known_too)
    if wanted.apart:
        report(known_too, known)
    if wanted.write:
        weights = learn([*known, *known_too])
        TARGET.write_text("\n".join(source(weights)) + "\n", encoding="utf-8")


def report(judged: Sequence[JudgedCommunity], others: Sequence[JudgedCommunity]) -> None:
    """What each gets from weights fitted on all but itself, and their mean."""
    found: list[Outcome] = []
    for trial, outcome in left_out(judged, others):
        found.append(outcome)
        _print(trial.community.name, *outcome.measures)
    pairs = [one.measures for one in found]
    _print("mean", mean([posts for posts, _ in pairs]), mean([calls for _, calls in pairs]))
    for side, groups in (
        ("posts", [one.posts for one in found]),
        ("mentions", [one.mentions for one in found]),
    ):
        for name, (low, high) in intervals(groups)[-1].items():
            print(f"{side} {name}: 95 % between {low:.3f} and {high:.3f}")  # noqa: T201


def _print(name: str, posts: Measures, calls: Measures) -> None:
    for side, measures in (("posts", posts), ("mentions", calls)):
        row = " ".join(f"{key} {value:.3f}" for key, value in measures.as_dict().items())
        print(f"{name:9} {side:8} {row}")  # noqa: T201


if __name__ == "__main__":
    main()
