"""Learn where words lie: python -m bench.meaning [--try].

With --try one pair in ten is kept aside, nothing is written, and it is told how often a text finds
its answer among all that were kept aside.
"""

import argparse
from importlib.resources import files
from pathlib import Path

import numpy as np

from bench.meaning.contrasting import Learnt, contrast
from bench.meaning.counting import count
from bench.meaning.packing import scaled, table
from bench.meaning.spelling import spell
from matching import Analyser
from matching.directions import Place, alike, read
from matching.folding import fold
from matching.meaning import FILE, LOUD, Meaning
from matching.wording import FILE as WORDING_FILE
from matching.wording import Wording

PAIRS = Path("bench/pairs")
ASIDE = 10

Pairs = list[tuple[str, str]]


def load(folder: Path) -> Pairs:
    """All pairs of a need and what answers it; a line each, with a tab between them."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.tsv"))]
    pairs = [line.split("\t") for text in texts for line in text.splitlines()]
    return [(need, answer) for need, answer in pairs]


def packed(learnt: Learnt) -> bytes:
    """As ``Meaning`` reads it."""
    return table(learnt.names, np.column_stack([learnt.loud * LOUD, scaled(learnt.place)]))


def found(meaning: Meaning, pairs: Pairs, analyser: Analyser) -> tuple[float, float]:
    """How often the answer lies nearest to its need, and the mean of one by its rank."""

    def lies(text: str, kind: str) -> Place | None:
        return read(meaning.of(analyser.analyse(text, kind).units, fold(text)))

    needs = [lies(need, "need") for need, _ in pairs]
    answers = [lies(answer, "offer") for _, answer in pairs]
    ranks = []
    for at, need in enumerate(needs):
        near = [alike(need, answer) for answer in answers]
        ranks.append(sum(one > near[at] for one in near) + 1)
    return sum(rank == 1 for rank in ranks) / len(ranks), sum(1 / r for r in ranks) / len(ranks)


def main() -> None:
    """Learn from the lexicon, and then from pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", dest="trying", action="store_true")
    trying = parser.parse_args().trying
    pairs, analyser = load(PAIRS), Analyser()
    aside = pairs[::ASIDE] if trying else []
    counted = count(analyser.lexicon)
    seen = [pair for at, pair in enumerate(pairs) if not trying or at % ASIDE]
    learnt, spelt = contrast(counted, seen, analyser), spell(seen)
    if trying:
        quiet = np.zeros(len(counted), np.float32)
        alone = Learnt(list(counted), np.array(list(counted.values())), quiet)
        mute = Wording(b"a\n" + bytes(8))
        tried = {"lexicon": Meaning(packed(alone), mute), "words": Meaning(packed(learnt), mute)}
        tried["words and characters"] = Meaning(packed(learnt), Wording(spelt))
        for title, meaning in tried.items():
            first, mean = found(meaning, aside, analyser)
            print(f"{title}: nearest {first:.3f}, mean of 1/rank {mean:.3f}")  # noqa: T201
        return
    data = packed(learnt)
    Path(str(files("matching") / FILE)).write_bytes(data)
    Path(str(files("matching") / WORDING_FILE)).write_bytes(spelt)
    print(f"{len(pairs):,} pairs, {len(data):,} and {len(spelt):,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
