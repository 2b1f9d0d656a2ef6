"""What words go with what in real life, from pairs of a need and what answers it.

Parts of words begin where the lexicon has put them, and concepts nowhere; none moves far from
there. Learnt as well is how much each says, beside what it counts by its rarity.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bench.meaning.reading import Floats, Said, Texts, concepts, joined, said
from bench.meaning.steps import Adam, batches, gathered, pushes, tell, through, unit
from matching import Analyser
from matching.unit import is_concept

ROUNDS, SHARP = 6, 0.12  # cosines are divided by the latter
STEP, CONCEPT_STEP, LOUD_STEP = 0.01, 0.02, 0.003
STAY, CONCEPT_STAY, QUIET = 3.0, 0.25, 10.0  # pull to where they were, and to say no more

Pair = tuple[Said, Said]


class Learnt(NamedTuple):
    """Where each part and each concept lies, and how much it says: the logarithm of a factor."""

    names: Sequence[str]
    place: Floats
    loud: Floats


def contrast(
    counted: Mapping[str, Floats], pairs: Sequence[tuple[str, str]], analyser: Analyser
) -> Learnt:
    """What is known after having seen the pairs: of all parts, and of the concepts met there."""
    names = [*counted, *concepts(analyser.lexicon)]
    at = {name: place for place, name in enumerate(names)}
    read = [(said(analyser, need, "need", at), said(analyser, answer, "offer", at))
            for need, answer in pairs]  # fmt: skip
    start = np.zeros((len(names), len(next(iter(counted.values())))), dtype=np.float32)
    start[: len(counted)] = list(counted.values())
    place, loud = _learn([pair for pair in read if all(pair)], start, parts=len(counted))
    kept = [i for i, name in enumerate(names) if not is_concept(name) or place[i].any()]
    return Learnt([names[i] for i in kept], place[kept], loud[kept])


def _learn(read: Sequence[Pair], start: Floats, *, parts: int) -> tuple[Floats, Floats]:
    """Where each name ends, and how much it says; the first ``parts`` names are no concepts."""
    is_part = np.arange(len(start))[:, None] < parts
    back = np.where(is_part, STAY, CONCEPT_STAY).astype(np.float32) * np.float32(2 / len(read))
    quiet = np.float32(2 * QUIET / len(read))
    place, loud = start.copy(), np.zeros(len(start), dtype=np.float32)
    moving = Adam(place, np.where(is_part, STEP, CONCEPT_STEP).astype(np.float32))
    saying = Adam(loud, LOUD_STEP)
    for batch, left in batches(read, ROUNDS):
        of_place, of_loud = _slopes(place, loud, batch)
        place += moving.step(of_place + back * (place - start), left)
        loud += saying.step(of_loud + quiet * loud, left)
    return place, loud


def _slopes(place: Floats, loud: Floats, batch: Sequence[Pair]) -> tuple[Floats, Floats]:
    """How the loss of a batch changes with each number."""
    slopes = np.zeros_like(place), np.zeros_like(loud)
    texts = [joined([pair[side] for pair in batch]) for side in (0, 1)]
    lying = [_lie(place, loud, one) for one in texts]
    wanted = pushes(lying[0].text, lying[1].text, SHARP)
    for of_text, one, said_there in zip(wanted, lying, texts, strict=True):
        _tell(slopes, of_text, one, said_there)
    return slopes


class Lying(NamedTuple):
    """Where texts lie, and on the way there their words; all of length 1, beside the length."""

    text: Floats
    text_length: Floats
    word: Floats
    word_length: Floats
    counts: Floats  # of each word


def _lie(place: Floats, loud: Floats, texts: Texts) -> Lying:
    word, word_length = unit(gathered(place[texts.part] * texts.much, texts.word_of_part))
    says = np.bincount(texts.word_of_part, loud[texts.part] * texts.share)
    counts = (texts.worth * np.exp(says)).astype(np.float32)[:, None]
    text, text_length = unit(gathered(word * counts, texts.text_of_word))
    return Lying(text, text_length, word, word_length, counts)


def _tell(slopes: tuple[Floats, Floats], of_text: Floats, lying: Lying, texts: Texts) -> None:
    """Tell each part in which direction its texts want to go, and how much it should say."""
    of_sum = through(of_text, lying.text, lying.text_length)[texts.text_of_word]
    of_word = through(of_sum * lying.counts, lying.word, lying.word_length)
    tell(slopes[0], of_word[texts.word_of_part] * texts.much, texts.part)
    of_counts = ((of_sum * lying.word).sum(axis=1) * lying.counts[:, 0])[texts.word_of_part]
    slopes[1][:] += np.bincount(texts.part, of_counts * texts.share, len(slopes[1]))
