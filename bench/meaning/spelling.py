"""What texts are about, from pairs alone: each character and each pair of neighbours is a word.

What it says at first is told by how few of the texts hold it; where it lies, by the pairs, from a
random beginning. ``contrasting`` moves them.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bench.meaning.contrasting import Pace, learn
from bench.meaning.reading import Floats, Said
from matching.folding import fold
from matching.meaning import Part
from matching.parts import parts

DIMENSIONS = 128  # a multiple of 8, as directions are stored
LEAST = 6  # texts that a character or a pair occurs in
STAY, STEP = 1.0, 0.01
PACE = Pace(rounds=3, sharp=0.1, loud_step=0.005)
MOST = 0.9999  # what is larger than this share of all numbers is cut off when it is stored


def spell(pairs: Sequence[tuple[str, str]]) -> bytes:
    """As ``Wording`` reads it: the names in a line, then a byte for each dimension of each."""
    folded = [(fold(need), fold(answer)) for need, answer in pairs]
    seen = Counter(part for pair in folded for text in pair for part in set(parts(text)))
    names = sorted(part for part, count in seen.items() if count >= LEAST)
    at = {name: place for place, name in enumerate(names)}
    rare = np.log(2 * len(pairs) / np.array([seen[name] for name in names]))
    read = [(_said(need, at, rare), _said(answer, at, rare)) for need, answer in folded]
    dice = np.random.default_rng(0)
    start = (dice.standard_normal((len(names), DIMENSIONS)) / DIMENSIONS**0.5).astype(np.float32)
    pull, step = (np.full((len(names), 1), one, np.float32) for one in (STAY, STEP))
    place, loud = learn(read, start, pull=pull, step=step, pace=PACE)
    place *= (rare * np.exp(loud))[:, None] / np.linalg.norm(place, axis=1, keepdims=True)
    scaled = np.round(place * 127 / np.quantile(np.abs(place), MOST)).clip(-127, 127)
    stored: bytes = scaled.astype(np.int8).tobytes()
    return " ".join(names).encode() + b"\n" + stored


def _said(text: str, at: dict[str, int], rare: Floats) -> Said:
    known = Counter(at[part] for part in parts(text) if part in at)
    return [([Part(one, 1.0, 1.0)], float(rare[one]) * often) for one, often in known.items()]
