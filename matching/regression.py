"""Fit the weights of features to judged examples: logistic regression by Newton's method."""

from collections.abc import Mapping, Sequence

import numpy as np

from matching.model import Model

RIDGE = 1.0  # pulls weights to zero; the bias is free
STEPS = 12

Example = tuple[Mapping[str, float], bool]


def fit(examples: Sequence[Example]) -> Model:
    """The model under which the examples are likeliest; of none, one that knows nothing."""
    if not examples:
        return Model(0.0, {})
    names = sorted({name for features, _ in examples for name in features})
    rows = np.array([[1.0, *(features.get(n, 0.0) for n in names)] for features, _ in examples])
    right = np.array([right for _, right in examples], dtype=float)
    pull = np.diag([0.0, *(RIDGE for _ in names)])
    beta = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        slack = chance * (1 - chance)
        hessian = (rows * slack[:, None]).T @ rows + pull + np.eye(len(beta)) * 1e-9
        step = np.linalg.solve(hessian, rows.T @ (chance - right) + pull @ beta)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    bias, *weights = (round(float(b), 3) for b in beta)
    return Model(bias, dict(zip(names, weights, strict=True)))
