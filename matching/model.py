"""What the features are worth: fitted on judged posts, see docs/matching.md."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# Chances from which a post is shown, its author mentioned, a member mentioned.
SHOW = 0.42
MENTION_AUTHOR = 0.40
MENTION = 0.55


@dataclass(frozen=True)
class Model:
    """A logistic regression."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """The chance that a candidate with these features fits."""
        total = self.bias + sum(self.weights.get(name, 0.0) * v for name, v in features.items())
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


MODELS = {
    "post": Model(
        -6.831,
        {
            "score": 0.638,
            "covered": 1.079,
            "covers": 1.993,
            "head": -0.197,
            "head_exact": -0.396,
            "exact": 2.212,
            "known_exact": 0.454,
            "same_word": 0.238,
            "best": 1.050,
            "rarest": 1.191,
            "same_city": 0.825,
            "apart": -1.998,
            "apart_local": -0.929,
            "flow_clash": -0.628,
            "work_clash": -1.195,
            "their_head": 0.074,
            "heads": 1.348,
            "heads_exact": -0.420,
            "relative": 2.676,
        },
    ),
    "member_for_need": Model(
        -6.216,
        {
            "score": 0.016,
            "covered": 1.735,
            "covers": 1.261,
            "head": -0.249,
            "head_exact": -0.568,
            "exact": 1.448,
            "known_exact": -0.610,
            "same_word": 1.341,
            "best": 0.833,
            "rarest": 1.179,
            "same_city": 0.505,
            "apart": -0.820,
            "apart_local": -0.598,
            "flow_clash": 0.000,
            "work_clash": -0.165,
            "has": -0.601,
            "wants": 0.018,
            "asked": 0.416,
            "title": 0.566,
            "head_has": 0.667,
            "head_wants": 0.014,
            "head_asked": 0.730,
            "bio": 0.567,
            "asked_only": -0.045,
            "asked_and_has": 0.461,
            "relative": 2.349,
        },
    ),
    "member_for_offer": Model(
        -5.254,
        {
            "score": 0.474,
            "covered": 0.403,
            "covers": 0.802,
            "head": 0.172,
            "head_exact": 0.232,
            "exact": 1.043,
            "known_exact": 0.495,
            "same_word": 1.396,
            "best": 0.396,
            "rarest": -0.252,
            "same_city": 0.568,
            "apart": -1.083,
            "apart_local": -0.418,
            "flow_clash": 0.000,
            "work_clash": -0.205,
            "has": -0.154,
            "wants": -0.138,
            "asked": 1.096,
            "title": 0.684,
            "head_has": -1.422,
            "head_wants": 0.400,
            "head_asked": 0.699,
            "bio": 1.131,
            "asked_only": 1.214,
            "asked_and_has": -0.118,
            "relative": 1.466,
        },
    ),
}
