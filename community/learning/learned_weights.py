"""What a community has learned about matches, as far as ranking needs it."""

from collections.abc import Mapping
from dataclasses import dataclass

from community.learning import tuning
from community.scene import Scene
from matching import Weights
from storage.queries.learning import lessons


@dataclass(frozen=True)
class LearnedWeights:
    """Its weights, and what its words are worth in percent of what they were."""

    weights: Weights
    words: Mapping[str, float]


def learned_of(scene: Scene) -> LearnedWeights:
    """What holds now."""
    found = lessons.learned(scene.session, community_id=scene.community_id)
    weights = tuning.shifted(found.shifts, made_for=found.weights)
    return LearnedWeights(weights, found.words or {})
