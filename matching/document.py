"""What a text says as a whole: its topics, and the characters in it, whatever words they make."""

import math
from collections.abc import Callable, Iterable, Iterator

from matching.concepts import Lexicon
from matching.folding import is_han
from matching.stopwords import STOP_CHARS
from matching.unit import Unit


def topics(units: Iterable[Unit], lexicon: Lexicon) -> dict[str, float]:
    """The fields of life and trade in which its concepts come up; the squares of shares make 1."""
    shares: dict[str, float] = {}
    for unit in units:
        concepts = lexicon.by_term.get(unit.surface, ())
        found = lexicon.topics_of(concepts[0].head) if concepts else ()
        for topic in found:
            shares[topic] = shares.get(topic, 0) + unit.weight / math.sqrt(len(found))
    length = math.sqrt(sum(share**2 for share in shares.values())) or 1.0
    return {name: round(share / length, 3) for name, share in shares.items()}


def encode_letters(folded: str, rarity: Callable[[str], float]) -> str:
    """Each Han character that says something, and after it its rarity as one digit."""
    said = sorted({char for char in folded if is_han(char)} - STOP_CHARS)
    return "".join(f"{char}{min(round(rarity(char)), 9)}" for char in said)


def decode_letters(letters: str) -> Iterator[tuple[str, int]]:
    """The reverse of ``encode_letters``: characters with their rarity."""
    return zip(letters[::2], map(int, letters[1::2]), strict=True)
