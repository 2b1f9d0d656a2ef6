"""How much a word may lose, and how fast. Pure."""

from collections.abc import Mapping

from community.learning.evidence import Word

PRIOR_GOOD, PRIOR_BAD = 8.0, 2.0  # what a word is believed to do before anybody has said anything
LEAST_LABELS = 5
LEAST_PEOPLE = 2  # one member alone changes nothing for the others
FLOOR = 0.25
STEP = 0.25  # of one lesson
_FULL = 0.995


def next_weights(words: Mapping[str, Word], before: Mapping[str, float]) -> dict[str, float]:
    """The weights below 1 that hold after one more lesson.

    Each moves at most a step towards its target, down or up again.
    """
    after = {}
    for term in sorted(words.keys() | before.keys()):
        old = before.get(term, 1.0)
        aim = target(words[term]) if term in words else 1.0
        new = round(old + max(-STEP, min(STEP, aim - old)), 3)
        if new < _FULL:
            after[term] = new
    return after


def target(word: Word) -> float:
    """The believed share of good matches, against what is believed of any word; never above 1."""
    if word.labels < LEAST_LABELS or len(word.people) < LEAST_PEOPLE:
        return 1.0
    total = PRIOR_GOOD + PRIOR_BAD + word.good + word.bad
    believed = (PRIOR_GOOD + word.good) / total
    return max(FLOOR, min(1.0, believed / (PRIOR_GOOD / (PRIOR_GOOD + PRIOR_BAD))))
