"""By what the features of a match were measured."""

import hashlib
from functools import cache
from importlib.resources import files

from matching.analyser import RULE_FILES
from matching.model import Weights
from matching.tuning import MODELS

_MEASURING = ("comparing.py", "features.py", "ranking.py", "stored.py")
_MADE_OF = (*(name for name in RULE_FILES if name.endswith((".py", ".bin"))), *_MEASURING)


@cache
def measure_version() -> str:
    """Another one whenever the number of a feature may mean something else.

    The words of a lexicon are not part of it: more of them meet, and what meets is counted as ever.
    What words mean is: learnt anew, the same two texts are alike in another measure.
    """
    digest = hashlib.sha256()
    for name in _MADE_OF:
        digest.update((files("matching") / name).read_bytes())
    return digest.hexdigest()[:12]


def weights_version(weights: Weights) -> str:
    """Another one for any other weights, or features that mean something else."""
    told = [measure_version()]
    for name in MODELS:
        model = getattr(weights, name)
        told.append(repr((name, model.bias, sorted(model.weights.items()))))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]
