"""Learn the embeddings of matching/embedding: python -m bench.embedding [--try].

With --try one pair in ten is held out, nothing is written, and it is told how often a need finds
its answer among all that were held out.
"""

import argparse
from importlib.resources import files
from pathlib import Path

import numpy as np

from bench.embedding.characters import learn_characters
from bench.embedding.cooccurrence import count
from bench.embedding.words import Learnt, learn_words
from matching import Analyser
from matching.embedding.characters import FILE as CHARACTERS
from matching.embedding.characters import CharacterEmbedding
from matching.embedding.quantised import Quantised, cosine, decode
from matching.embedding.text import TextEmbedding
from matching.embedding.words import FILE as WORDS
from matching.embedding.words import WordEmbedding
from matching.folding import fold

PAIRS = Path("bench/pairs")
HELD_OUT = 10

Pairs = list[tuple[str, str]]


def load(folder: Path) -> Pairs:
    """All pairs of a need and what answers it; a line each, with a tab between them."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.tsv"))]
    pairs = [line.split("\t") for text in texts for line in text.splitlines()]
    return [(need, answer) for need, answer in pairs]


def retrieval(embedding: TextEmbedding, pairs: Pairs, analyser: Analyser) -> tuple[float, float]:
    """How needs find their own answers among all: recall at 1, and the mean reciprocal rank."""

    def vector(text: str, kind: str) -> Quantised | None:
        return decode(embedding.of(analyser.analyse(text, kind).units, fold(text)))

    needs = [vector(need, "need") for need, _ in pairs]
    answers = [vector(answer, "offer") for _, answer in pairs]
    ranks = []
    for at, need in enumerate(needs):
        near = [cosine(need, answer) for answer in answers]
        ranks.append(sum(one > near[at] for one in near) + 1)
    return sum(rank == 1 for rank in ranks) / len(ranks), sum(1 / r for r in ranks) / len(ranks)


def untrained(counted: dict[str, np.typing.NDArray[np.float32]]) -> Learnt:
    """What the lexicon knows, before any pair."""
    vectors = np.array(list(counted.values()))
    return Learnt(list(counted), vectors, np.zeros(len(counted), np.float32))


def main() -> None:
    """Learn from the lexicon, and then from pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", dest="trying", action="store_true")
    trying = parser.parse_args().trying
    pairs, analyser = load(PAIRS), Analyser()
    held_out = pairs[::HELD_OUT] if trying else []
    seen = [pair for at, pair in enumerate(pairs) if not trying or at % HELD_OUT]
    counted = count(analyser.lexicon)
    words, characters = learn_words(counted, seen, analyser).packed(), learn_characters(seen)
    if trying:
        none = CharacterEmbedding(b"a\n" + bytes(8))
        for title, embedding in {
            "lexicon": TextEmbedding(WordEmbedding(untrained(counted).packed()), none),
            "words": TextEmbedding(WordEmbedding(words), none),
            "words and characters": TextEmbedding(
                WordEmbedding(words), CharacterEmbedding(characters)
            ),
        }.items():
            first, mean = retrieval(embedding, held_out, analyser)
            print(f"{title}: recall at 1 {first:.3f}, MRR {mean:.3f}")  # noqa: T201
        return
    for name, data in ((WORDS, words), (CHARACTERS, characters)):
        Path(str(files("matching.embedding") / name)).write_bytes(data)
    print(f"{len(pairs):,} pairs, {len(words):,} and {len(characters):,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
