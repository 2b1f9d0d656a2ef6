"""What the features are worth, and from which chance on something is shown or somebody called."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """A logistic regression over named features."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """The chance that a candidate with these features fits."""
        total = self.bias + sum(self.weights.get(name, 0.0) * v for name, v in features.items())
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


@dataclass(frozen=True)
class Weights:
    """The three models, and the chances that are enough."""

    post: Model
    member_for_need: Model
    member_for_offer: Model
    show: float  # a post is listed
    show_first: float  # the best post is listed even if no other is
    mention_author: float  # the author of a listed post is mentioned
    mention: float  # a member is mentioned for his profile
