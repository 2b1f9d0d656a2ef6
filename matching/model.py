"""What the features are worth, and from which chance on something is shown or somebody called."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul


@dataclass(frozen=True)
class Model:
    """A logistic regression over named features."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """The chance that a candidate with these features fits; what is not named is zero."""
        return self.over(tuple(features))(tuple(features.values()))

    def over(self, names: Sequence[str]) -> Callable[[Sequence[float]], float]:
        """The chance that a candidate fits, of its features in the order of these names."""
        bias, weights = self.bias, [self.weights.get(name, 0.0) for name in names]

        def chance(features: Sequence[float]) -> float:
            total = bias + sum(map(mul, weights, features))
            return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))

        return chance


@dataclass(frozen=True)
class Weights:
    """The models, and the chances that are enough.

    The first three read what two texts have in common, the others what these make of a post and of
    its author together.
    """

    post: Model
    member_for_need: Model
    member_for_offer: Model
    post_for_need: Model
    post_for_offer: Model
    person_for_need: Model
    person_for_offer: Model
    show: float  # a post is listed
    show_first: float  # the best post is listed even if no other is
    mention: float  # somebody is mentioned
