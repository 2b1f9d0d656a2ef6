"""A community's own weights: a bounded step away from the shipped ones, fitted to labels.

Two things are learned, each only as far as labels that were held out bear it out. *Directions*:
which matches are better than others, as a shift for each feature. They are fitted beside a line in
the shipped log odds that takes up how often people here say "right" at all, and how surely; the
line is thrown away. The *level*: how many matches are right at all. Who speaks up depends on how it
went, so it moves by very little.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matching.fitting import solve
from matching.model import Model, Weights

MODELS = ("post", "member_for_need", "member_for_offer")
BIAS = ""  # its name among shifts
BOUND = 1.5  # no weight moves further than that from the shipped one
LEVEL = 0.3  # likewise all log odds together
RIDGE = 2.0  # pulls the shifts to zero
FOLDS = 5
Z_SCORE = 1.64  # so many standard errors better on labels that were held out: one chance in twenty
FEWEST = 20  # labels without which a model is left alone
_STEPS = 30
_LEAST_STEP = 1e-3
_LOOSE = 0.01  # keeps the line finite where right and wrong can be told apart completely

Shifts = Mapping[str, Mapping[str, float]]  # model → feature → how much more than shipped


@dataclass(frozen=True)
class Labelled:
    """A labelled match: its model and features, the word on it, and what that counts.

    Labels of one group (a post) are never on both sides of a comparison. A deed is not
    ``explicit``: those that tell of failure are other ones than those that tell of success, so that
    their number says nothing about the level.
    """

    model: str
    features: Mapping[str, float]
    right: bool
    weight: float = 1.0
    group: int = 0
    explicit: bool = True


@dataclass(frozen=True)
class Gain:
    """The log loss of a held-out label before and after, and how certain the difference is."""

    before: float
    after: float
    z_score: float  # of the difference

    def holds(self, least: float = Z_SCORE) -> bool:
        """Whether it is worth taking."""
        return self.z_score > 0 and self.z_score >= least


@dataclass(frozen=True)
class Step:
    """What the labels ask for, and how far held-out labels bear it out."""

    shifts: Shifts
    directions: Gain
    level: Gain


def refit(
    weights: Weights,
    labels: Sequence[Labelled],
    *,
    directions: bool = True,
    kept: tuple[bool, bool] = (False, False),
) -> Step:
    """The step that holds on held-out labels; without shifts if none does.

    ``directions``: there are labels enough for more than the level. ``kept``: directions, level;
    what was taken once is kept for as long as held-out labels do not speak against it.
    """
    rows = [_Row.of(one, weights) for one in labels]
    level, directions_gain = _gains(rows, directions=directions)
    bars = [0.0 if one else Z_SCORE for one in kept]
    names = _names(rows) if directions_gain.holds(bars[0]) else ()
    return Step(
        _shifts(rows, _fit(rows, names), level=level.holds(bars[1])), directions_gain, level
    )


def tuned(weights: Weights, shifts: Shifts) -> Weights:
    """The weights with the shifts; features that a model does not know are left out."""
    return replace(
        weights,
        post=_moved(weights.post, shifts.get("post", {})),
        member_for_need=_moved(weights.member_for_need, shifts.get("member_for_need", {})),
        member_for_offer=_moved(weights.member_for_offer, shifts.get("member_for_offer", {})),
    )


def _moved(model: Model, shifts: Mapping[str, float]) -> Model:
    moved = {name: weight + shifts.get(name, 0.0) for name, weight in model.weights.items()}
    return Model(model.bias + shifts.get(BIAS, 0.0), moved)


@dataclass(frozen=True)
class _Row:
    """A label with what the shipped model says, as log odds."""

    label: Labelled
    odds: float
    features: Mapping[str, float]

    @classmethod
    def of(cls, label: Labelled, weights: Weights) -> "_Row":
        model: Model = getattr(weights, label.model)
        known = {n: value for n, value in label.features.items() if value and n in model.weights}
        odds = model.bias + sum(model.weights[name] * value for name, value in known.items())
        return cls(label, max(-30.0, min(30.0, odds)), known)

    def loss(self, odds: float) -> float:
        """What it costs to give it these odds."""
        wrong = -odds if self.label.right else odds
        return self.label.weight * math.log1p(math.exp(min(wrong, 30.0)))


@dataclass(frozen=True)
class _Fitted:
    """A line for each model, and the shifts that all of them share."""

    lines: Mapping[str, tuple[float, float]]
    shifts: Mapping[str, float]

    def odds(self, row: _Row) -> float:
        start, slope = self.lines.get(row.label.model, (0.0, 1.0))
        return start + slope * row.odds + self.pull(row)

    def pull(self, row: _Row) -> float:
        """What the shifts do to the odds."""
        return sum(self.shifts.get(name, 0.0) * value for name, value in row.features.items())


def _gains(rows: Sequence[_Row], *, directions: bool) -> tuple[Gain, Gain]:
    """Of the level over the shipped weights, and of the directions over the line alone."""
    groups = {group: at for at, group in enumerate(sorted({one.label.group for one in rows}))}
    costs: defaultdict[int, list[float]] = defaultdict(lambda: [0.0] * 4)
    for fold in range(FOLDS):
        seen = [one for one in rows if groups[one.label.group] % FOLDS != fold]
        level = _level(seen)
        plain = _fit(seen, ())
        full = _fit(seen, _names(seen)) if directions else plain
        for one in rows:
            if groups[one.label.group] % FOLDS == fold:
                odds = (one.odds, one.odds + level, plain.odds(one), full.odds(one))
                for at, value in enumerate(odds):
                    costs[one.label.group][at] += one.loss(value) * (at > 1 or one.label.explicit)
    explicit = sum(one.label.weight for one in rows if one.label.explicit)
    every = sum(one.label.weight for one in rows)
    found = list(costs.values())
    return _gain([(c[0], c[1]) for c in found], explicit), _gain(
        [(c[2], c[3]) for c in found], every
    )


def _gain(costs: Sequence[tuple[float, float]], total: float) -> Gain:
    gains = [before - after for before, after in costs]
    error = math.sqrt(sum(gain * gain for gain in gains))
    before, after = (round(sum(side) / (total or 1.0), 4) for side in zip(*costs, strict=True))
    return Gain(before, after, round(sum(gains) / error, 2) if error else 0.0)


def _level(rows: Iterable[_Row]) -> float:
    """How much all odds have to rise for what was said aloud to be as likely as it was."""
    explicit = [one for one in rows if one.label.explicit]
    low, high = -LEVEL, LEVEL
    for _ in range(12):
        middle = (low + high) / 2
        over = sum(
            one.label.weight * (_chance(one.odds + middle) - one.label.right) for one in explicit
        )
        low, high = (low, middle) if over > 0 else (middle, high)
    return (low + high) / 2


def _names(rows: Iterable[_Row]) -> tuple[str, ...]:
    return tuple(sorted({name for row in rows for name in row.features}))


def _shifts(rows: Sequence[_Row], fitted: _Fitted, *, level: bool) -> dict[str, dict[str, float]]:
    """For each model with enough labels; apart from the level, labelled matches stay as likely."""
    raised = _level(rows) if level else 0.0
    found = {}
    for model in MODELS:
        own = [row for row in rows if row.label.model == model]
        if len(own) < FEWEST:
            continue
        pulled = sum(row.label.weight * fitted.pull(row) for row in own)
        bias = raised - pulled / sum(row.label.weight for row in own)
        shifts = {BIAS: bias} | {n: s for n, s in fitted.shifts.items() if n in _names(own)}
        if kept := {name: shift for name, one in shifts.items() if (shift := round(one, 3))}:
            found[model] = kept
    return found


def _fit(rows: Sequence[_Row], names: Sequence[str]) -> _Fitted:
    """The line and shifts that fit best; those at their bound stay there, the rest moves on."""
    free, fixed = list(names), _Fitted({}, {})
    while True:
        found = _free_fit(rows, free, fixed)
        beyond = {n: math.copysign(BOUND, s) for n, s in found.shifts.items() if abs(s) > BOUND}
        if not beyond:
            return _Fitted(found.lines, {**found.shifts, **fixed.shifts})
        free = [name for name in free if name not in beyond]
        fixed = _Fitted({}, {**fixed.shifts, **beyond})


def _free_fit(rows: Sequence[_Row], names: Sequence[str], fixed: _Fitted) -> _Fitted:
    """By Newton's method: two places for each model's line, then one for each name."""
    models = sorted({row.label.model for row in rows})
    first = 2 * len(models)
    places = {name: first + at for at, name in enumerate(names)}
    sparse = [_sparse(row, 2 * models.index(row.label.model), places) for row in rows]
    given = [fixed.pull(row) for row in rows]
    rest = [0.0, 1.0] * len(models) + [0.0] * len(names)
    pull = [_LOOSE] * first + [RIDGE] * len(names)
    beta = list(rest)
    for _ in range(_STEPS):
        gradient, hessian = _derivatives(rows, sparse, given, beta)
        for at, strength in enumerate(pull):
            gradient[at] += strength * (beta[at] - rest[at])
            hessian[at][at] += strength
        step = solve(hessian, gradient)
        size = max(1.0, *(abs(s) for s in step))  # a full step from afar would go astray
        beta = [b - s / size for b, s in zip(beta, step, strict=True)]
        if max(abs(s) for s in step) < _LEAST_STEP:
            break
    lines = {model: (beta[2 * at], beta[2 * at + 1]) for at, model in enumerate(models)}
    return _Fitted(lines, {name: beta[at] for name, at in places.items()})


def _sparse(row: _Row, line: int, places: Mapping[str, int]) -> list[tuple[int, float]]:
    """What is not zero, by place."""
    found = [(places[name], value) for name, value in row.features.items() if name in places]
    return sorted([(line, 1.0), (line + 1, row.odds), *found])


def _derivatives(
    rows: Sequence[_Row],
    sparse: Sequence[Sequence[tuple[int, float]]],
    given: Sequence[float],
    beta: Sequence[float],
) -> tuple[list[float], list[list[float]]]:
    gradient = [0.0] * len(beta)
    hessian = [[0.0] * len(beta) for _ in beta]
    for row, values, start in zip(rows, sparse, given, strict=True):
        chance = _chance(start + sum(beta[at] * value for at, value in values))
        slack = row.label.weight * chance * (1 - chance)
        miss = row.label.weight * (chance - row.label.right)
        for place, (at, value) in enumerate(values):
            gradient[at] += miss * value
            line, share = hessian[at], slack * value
            for other, another in values[place:]:
                line[other] += share * another
    for at, line in enumerate(hessian):
        for other in range(at):
            line[other] = hessian[other][at]
    return gradient, hessian


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
