"""Fit the weights of features to judged examples: logistic regression by Newton's method."""

import math
from collections.abc import Mapping, Sequence

from matching.model import Model

RIDGE = 1 / 3.0  # pulls weights to zero; the bias is free
STEPS = 12

Example = tuple[Mapping[str, float], bool]


def fit(examples: Sequence[Example]) -> Model:
    """The model under which the examples are likeliest."""
    names = sorted({name for features, _ in examples for name in features})
    rows = [_sparse(features, names) for features, _ in examples]
    beta = [0.0] * (len(names) + 1)
    for _ in range(STEPS):
        gradient, hessian = _slopes(rows, [right for _, right in examples], beta)
        step = solve(hessian, gradient)
        beta = [b - s for b, s in zip(beta, step, strict=True)]
        if max(abs(s) for s in step) < 1e-6:
            break
    return Model(round(beta[0], 3), {n: round(b, 3) for n, b in zip(names, beta[1:], strict=True)})


def _sparse(features: Mapping[str, float], names: Sequence[str]) -> list[tuple[int, float]]:
    """The features that are not zero, by place; place 0 is the bias."""
    return [(0, 1.0), *((at, features[n]) for at, n in enumerate(names, 1) if features.get(n))]


def _slopes(
    rows: Sequence[Sequence[tuple[int, float]]], right: Sequence[bool], beta: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    size = len(beta)
    gradient = [0.0, *(RIDGE * b for b in beta[1:])]
    hessian = [[RIDGE if i == j and i else 0.0 for j in range(size)] for i in range(size)]
    for row, is_right in zip(rows, right, strict=True):
        total = sum(beta[at] * value for at, value in row)
        chance = 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
        slack = chance * (1 - chance)
        for at, value in row:
            gradient[at] += (chance - is_right) * value
            line, share = hessian[at], slack * value
            for other, another in row:
                line[other] += share * another
    return gradient, hessian


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve a system of linear equations by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda r: abs(rows[r][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        scale = rows[at][at] or 1e-9
        rows[at] = [value / scale for value in rows[at]]
        for other in range(size):
            if other != at and rows[other][at]:
                factor = rows[other][at]
                rows[other] = [v - factor * p for v, p in zip(rows[other], rows[at], strict=True)]
    return [row[-1] for row in rows]
