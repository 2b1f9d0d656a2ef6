"""What weights of its own do to a community of another taste, and to one whose labels are noise.

All judged communities together are taken for one, so that there are queries enough. Of the matches
that three quarters of the queries show, members say what their taste makes them say; the weights
made of that are measured on the last quarter by what is right there, each quarter in turn.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matching import FITTED, Ranked, Weights
from matching.evaluation import Ranking, Trial
from matching.metrics import SHOWN
from matching.model import Model
from matching.ranking import UNWANTED_FACTOR
from matching.tuning import Labelled, Step, refit, tuned

QUARTERS = 4
FEW = 200

Features = Mapping[str, float]
Judge = Callable[[str, Features, bool, random.Random], bool]
"""Model, features, whether it was judged right → whether it is right here."""


@dataclass(frozen=True)
class Taste:
    """What is right in a community, and what its members say."""

    name: str
    right: Judge
    say: Judge | None = None  # None: what is right
    told: tuple[float, float] = (1.0, 1.0)  # how many of the good and bad ones they speak of


@dataclass(frozen=True)
class Case:
    """A query with everything that was found for it."""

    at: int
    trial: Trial
    query: str
    ranking: Ranking

    def model(self, kind: str) -> str:
        """Which model reads posts (p) and members (m) here."""
        return "post" if kind == "p" else f"member_for_{self.trial.posts[self.query].kind}"

    def judged(self, judge: Judge, draw: random.Random) -> dict[str, bool]:
        """What is right of all that was found."""
        known = self.trial.community.judgments[self.query]
        return {
            name: judge(self.model(kind), one.features, known.get(name, 0) > 0, draw)
            for name, kind, one in self.found()
        }

    def found(self) -> Iterator[tuple[str, str, Ranked]]:
        """Posts and members by their names."""
        for kind, ranked in (("p", self.ranking.posts), ("m", self.ranking.members)):
            yield from ((f"{kind}{one.id:03d}", kind, one) for one in ranked)

    def decided(self, weights: Weights) -> list[str]:
        """What these weights list, and whom they call for his profile."""
        posts = _scored(self.ranking.posts, weights.post)
        members = _scored(self.ranking.members, getattr(weights, self.model("m")))
        answer = self.trial.decide(self.query, Ranking(posts, members), weights)
        called = [call.id for call in answer.calls[:SHOWN] if call.post is None]
        return [f"p{one.id:03d}" for one in answer.shown] + [f"m{one:03d}" for one in called]


def as_judged(_: str, __: Features, judged: bool, ___: random.Random) -> bool:
    """The taste that the shipped weights were fitted to."""
    return judged


def literal(_: str, features: Features, judged: bool, __: random.Random) -> bool:
    """Only the very word counts."""
    return judged and features["same_word"] > 0


def wide(_: str, features: Features, judged: bool, __: random.Random) -> bool:
    """Something of the kind, in the same city, is as good."""
    return judged or (features["head"] >= 0.5 and not features["apart"])


def narrow(_: str, features: Features, judged: bool, __: random.Random) -> bool:
    """Who is after that alone, and not among other things."""
    return judged and features["covers"] >= 0.5


def flipped(_: str, __: Features, judged: bool, draw: random.Random) -> bool:
    """Three labels in ten say the opposite."""
    return judged != (draw.random() < 0.3)


def tossed(_: str, __: Features, ___: bool, draw: random.Random) -> bool:
    """A coin says it."""
    return draw.random() < 0.5


def by_lot(seed: int) -> Judge:
    """Five features weigh other than they were fitted to."""
    own = random.Random(seed)
    names = own.sample(sorted(FITTED.member_for_need.weights), 5)
    pull = {name: own.choice([-3.0, 3.0]) for name in names}

    def judge(model: str, features: Features, judged: bool, draw: random.Random) -> bool:
        shipped: Model = getattr(FITTED, model)
        chance = min(max(shipped.chance(features), 1e-6), 1 - 1e-6)
        odds = math.log(chance / (1 - chance)) / 2 + (2 if judged else -2)
        odds += sum(weight * (features.get(name, 0.0) - 0.4) for name, weight in pull.items())
        return draw.random() < Model(odds, {}).chance({})

    return judge


TASTES = (
    Taste("the very word", literal),
    Taste("of the kind", wide),
    Taste("that alone", narrow),
    *(Taste(f"by lot {seed}", by_lot(seed)) for seed in range(4)),
    Taste("as judged", as_judged),
    Taste("noise: 3 of 10 wrong", as_judged, flipped),
    Taste("noise: a coin", as_judged, tossed),
    Taste("complaints first", as_judged, told=(0.3, 1.0)),
    Taste("praise first", as_judged, told=(1.0, 0.3)),
)


def report(trials: Sequence[Trial]) -> None:
    """A line for each taste and number of labels."""
    cases = [
        Case(at, trial, query, trial.ranked(query))
        for at, (trial, query) in enumerate(
            (trial, query) for trial in trials for query in sorted(trial.community.judgments)
        )
    ]
    random.Random(1).shuffle(cases)
    for taste in TASTES:
        for most in (FEW, len(cases)):
            _print(taste, [_quarter(taste, cases, at, most) for at in range(QUARTERS)])


@dataclass(frozen=True)
class _Measured:
    step: Step
    labels: int
    before: Sequence[float]
    after: Sequence[float]


def _quarter(taste: Taste, cases: Sequence[Case], at: int, most: int) -> _Measured:
    test, rest = cases[at::QUARTERS], [c for n, c in enumerate(cases) if n % QUARTERS != at]
    said = [one for case in rest for one in _labelled(taste, case)][:most]
    step = refit(FITTED, said, directions=len(said) >= FEW)
    real = {case.at: case.judged(taste.right, _draw(case)) for case in test}
    before, after = (_quality(test, real, w) for w in (FITTED, tuned(FITTED, step.shifts)))
    return _Measured(step, len(said), before, after)


def _draw(case: Case) -> random.Random:
    return random.Random(case.at)


def _labelled(taste: Taste, case: Case) -> Iterator[Labelled]:
    draw = _draw(case)
    said = case.judged(taste.say or taste.right, draw)
    shown = set(case.decided(FITTED))
    for name, kind, one in case.found():
        good = said[name]
        if name in shown and draw.random() < taste.told[not good]:
            yield Labelled(case.model(kind), one.features, good, group=case.at)


def _scored(ranked: Sequence[Ranked], model: Model) -> list[Ranked]:
    found = [
        replace(
            one, score=round(model.chance(one.features) * UNWANTED_FACTOR ** len(one.against), 4)
        )
        for one in ranked
    ]
    return sorted(found, key=lambda one: (-one.score, -one.id))


def _quality(
    cases: Sequence[Case], real: Mapping[int, Mapping[str, bool]], weights: Weights
) -> list[float]:
    """Precision, recall and F1 of posts; precision and number of calls for a profile."""
    right, listed, wanted = {"p": 0, "m": 0}, {"p": 0, "m": 0}, 0
    for case in cases:
        for name in case.decided(weights):
            right[name[0]] += real[case.at][name]
            listed[name[0]] += 1
        wanted += min(SHOWN, sum(good for name, good in real[case.at].items() if name[0] == "p"))
    precision, recall = right["p"] / max(1, listed["p"]), right["p"] / max(1, wanted)
    f1 = 2 * precision * recall / ((precision + recall) or 1.0)
    return [precision, recall, f1, right["m"] / max(1, listed["m"]), listed["m"]]


def _print(taste: Taste, found: Sequence[_Measured]) -> None:
    def mean(values: Sequence[float]) -> float:
        return sum(values) / len(values)

    sides = [
        " ".join(f"{mean([getattr(one, side)[at] for one in found]):.3f}" for at in range(4))
        + f" {mean([getattr(one, side)[4] for one in found]):.1f}"
        for side in ("before", "after")
    ]
    ways = sum(one.step.directions.holds() for one in found)
    levels = sum(one.step.level.holds() for one in found)
    losses = [
        mean([getattr(one.step.directions, side) for one in found]) for side in ("before", "after")
    ]
    print(  # noqa: T201
        f"{taste.name:21} {mean([one.labels for one in found]):4.0f} labels, directions {ways}/4 "
        f"({losses[0]:.3f} → {losses[1]:.3f}), level {levels}/4: "
        f"posts P R F1, profiles P, calls {sides[0]} → {sides[1]}",
        flush=True,
    )
