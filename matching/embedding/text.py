"""The embedding of a text: that of its words beside that of its characters."""

import math
from collections.abc import Collection

from matching.embedding.characters import CharacterEmbedding
from matching.embedding.quantised import encode
from matching.embedding.words import WordEmbedding, normalised
from matching.unit import Unit


class TextEmbedding:
    """Only read, so threads may share it."""

    def __init__(
        self, words: WordEmbedding | None = None, characters: CharacterEmbedding | None = None
    ) -> None:
        """Without the one or the other, that which is shipped."""
        self._words = words or WordEmbedding()
        self._characters = characters or CharacterEmbedding()

    def of(self, units: Collection[Unit], folded: str) -> str:
        """The vector of a text that says this in these units, as ``quantised`` stores it; "" if
        nothing in it is known.

        Both vectors have length 1, times the root of their share in all dimensions.
        """
        by_words = self._words.of(units)
        by_characters = normalised(self._characters.of(folded))
        if not units or not (by_words or by_characters):
            return ""
        some, others = self._words.dimensions, self._characters.dimensions
        share, rest = math.sqrt(some / (some + others)), math.sqrt(others / (some + others))
        both = [one * share for one in by_words or [0.0] * some]
        return encode(both + [one * rest for one in by_characters or [0.0] * others])
