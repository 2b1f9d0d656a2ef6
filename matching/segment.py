"""Cut folded text into words, and find the terms of the lexicon in it."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from matching import dictionary
from matching.folding import is_han

_RUN = re.compile(r"[㐀-鿿]+|[a-z]+(?:\+\+|#)?|\d+(?:\.\d+)?")
_STRETCH = re.compile("[\u4e00-\u9fd5]+|.")  # rare characters stand alone
_WORDS_PER_TEXT = 300  # of a typical text in which general word frequencies become idf


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text."""

    start: int
    end: int
    text: str

    @property
    def is_han(self) -> bool:
        return is_han(self.text[0])


class Segmenter:
    """jieba in exact mode without HMM, and a longest-match search for lexicon terms."""

    def __init__(self, terms: Sequence[str], fillers: Iterable[str] = ()) -> None:
        """Fillers are words that are kept in one piece, so that no part of them says anything.

        Terms in the same order as before start faster: what was made of them is found again by it.
        """
        self._terms = frozenset(terms)
        self._by_char: dict[str, list[str]] = {}
        for term in self._terms:
            self._by_char.setdefault(term[:1], []).append(term)
        self._prefixes: dict[str, set[str]] = {}
        self._dictionary, self._general = dictionary.load([*terms, *sorted(fillers)])
        self._log_total = math.log(self._dictionary.total)

    def knows(self, word: str) -> bool:
        """Whether it is a word of the dictionary or the lexicon."""
        return bool(self._dictionary.frequency(word))

    def is_prefix(self, text: str) -> bool:
        """Whether some word begins so."""
        return self._dictionary.is_prefix(text)

    def rarity(self, word: str) -> float:
        """Inverse document frequency in general Chinese; unknown words count as rare."""
        freq = self._general.get(word) if word in self._terms else None
        freq = self._dictionary.frequency(word) if freq is None else freq
        if not freq:
            return 9.0 if word in self._terms else 10.5
        idf: float = math.log(self._dictionary.total / (freq * _WORDS_PER_TEXT))
        return min(max(idf, 0.5), 10.5)

    def words(self, text: str) -> Iterator[Span]:
        """The words of a text, one after the other."""
        for run in _RUN.finditer(text):
            if not is_han(text[run.start()]):
                yield Span(run.start(), run.end(), run[0])
                continue
            start = run.start()
            for word in self._cut(run[0]):
                yield Span(start, start + len(word), word)
                start += len(word)

    def _cut(self, run: str) -> Iterator[str]:
        """The likeliest words that make up the run: what jieba does in exact mode without HMM."""
        for stretch in _STRETCH.findall(run):
            ends = self._likeliest(stretch)
            start = 0
            while start < len(stretch):
                yield stretch[start : ends[start]]
                start = ends[start]

    def _likeliest(self, stretch: str) -> list[int]:
        """For each place, where the word ends with which the likeliest way to the end begins."""
        size = len(stretch)
        ends, chances = [0] * size, [0.0] * (size + 1)
        for start in range(size - 1, -1, -1):
            table = self._dictionary.words_starting_with(stretch[start])
            best, end = None, start + 1
            while end <= size and (often := table.get(stretch[start:end])) is not None:
                if often:
                    chance = math.log(often) - self._log_total + chances[end]
                    if best is None or chance >= best:  # of equals, the longest
                        best, ends[start] = chance, end
                end += 1
            if best is None:
                best, ends[start] = chances[start + 1] - self._log_total, start + 1
            chances[start] = best
        return ends

    def inner_words(self, word: Span) -> Iterator[Span]:
        """Shorter dictionary words within a long one, as jieba's search mode lists them."""
        if not word.is_han or len(word.text) < 3:
            return
        for size in (2, 3):
            for start in range(len(word.text) - size + 1):
                piece = word.text[start : start + size]
                if size < len(word.text) and self.knows(piece):
                    yield Span(word.start + start, word.start + start + size, piece)

    def terms(self, text: str, words: list[Span]) -> list[Span]:
        """Lexicon terms that begin and end where words do; none inside a longer one."""
        starts = {w.start for w in words} | {s.start for w in words for s in self.inner_words(w)}
        ends = {w.end for w in words} | {s.end for w in words for s in self.inner_words(w)}
        found: list[Span] = []
        for start in sorted(starts):
            longest = self._longest(text, start, ends)
            if longest and (not found or start + len(longest) > found[-1].end):
                found.append(Span(start, start + len(longest), longest))
        return found

    def _beginnings(self, char: str) -> Collection[str]:
        """What the terms that begin with the character begin with: put together when a text has
        it, for a bot at work meets a fraction of them. Two threads put the same in its place.
        """
        known = self._prefixes.get(char)
        if known is None:
            terms = self._by_char.get(char, ())
            known = {term[:end] for term in terms for end in range(1, len(term) + 1)}
            self._prefixes[char] = known
        return known

    def _longest(self, text: str, start: int, ends: set[int]) -> str:
        longest = ""
        prefixes = self._beginnings(text[start])
        end = start + 1
        while end <= len(text) and text[start:end] in prefixes:
            if end in ends and text[start:end] in self._terms:
                longest = text[start:end]
            end += 1
        return longest
