"""What the features are worth: fitted on judged posts, see docs/matching.md."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# Chances from which a post is shown, its author mentioned, a member mentioned.
SHOW = 0.42
MENTION_AUTHOR = 0.40
MENTION = 0.75


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
        -6.017,
        {
            "score": 0.677,
            "covered": 0.412,
            "covers": 1.405,
            "both_cover": 1.132,
            "head": -0.693,
            "head_exact": -0.361,
            "exact": 1.618,
            "known_exact": 0.599,
            "same_word": 0.587,
            "best": 0.459,
            "rarest": 1.474,
            "head_missing": -0.406,
            "domain": 0.535,
            "same_city": 0.673,
            "apart": -1.956,
            "apart_local": -0.736,
            "flow_clash": -0.697,
            "work_clash": -1.074,
            "their_head_missing": -0.306,
            "their_head": -0.547,
            "heads": 1.401,
            "heads_exact": -0.312,
            "relative": 2.858,
        },
    ),
    "member_for_need": Model(
        -6.067,
        {
            "score": -0.202,
            "covered": 1.433,
            "covers": 1.206,
            "both_cover": 1.205,
            "head": -0.331,
            "head_exact": -0.596,
            "exact": 1.177,
            "known_exact": -0.324,
            "same_word": 1.176,
            "best": 0.428,
            "rarest": 1.337,
            "head_missing": -0.322,
            "domain": 0.445,
            "same_city": 0.608,
            "apart": -0.648,
            "apart_local": -0.626,
            "flow_clash": 0.000,
            "work_clash": -0.258,
            "has": -0.408,
            "wants": -0.237,
            "asked": 0.368,
            "title": 0.282,
            "head_has": 0.383,
            "head_wants": 0.168,
            "head_asked": 0.748,
            "bio": 0.512,
            "asked_only": -0.017,
            "asked_and_has": 0.385,
            "relative": 2.359,
        },
    ),
    "member_for_offer": Model(
        -4.406,
        {
            "score": 0.557,
            "covered": 0.398,
            "covers": 0.928,
            "both_cover": 0.489,
            "head": -0.551,
            "head_exact": 0.051,
            "exact": 1.148,
            "known_exact": 0.166,
            "same_word": 1.300,
            "best": 0.279,
            "rarest": -0.175,
            "head_missing": -0.845,
            "domain": -0.101,
            "same_city": 0.238,
            "apart": -1.193,
            "apart_local": -0.520,
            "flow_clash": 0.000,
            "work_clash": -0.568,
            "has": 0.060,
            "wants": 0.012,
            "asked": 1.201,
            "title": 0.566,
            "head_has": -1.571,
            "head_wants": 0.147,
            "head_asked": 0.588,
            "bio": 0.749,
            "asked_only": 1.028,
            "asked_and_has": 0.173,
            "relative": 1.650,
        },
    ),
}
