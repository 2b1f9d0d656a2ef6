"""What may have been meant: the text with one word of it replaced by one that is near to it, or
the words whose pinyin it is.

Only for searches, and only when they have found nothing: what a member posts is never changed.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase

from matching.pinyin import UMLAUT, common_characters, homophones, read_as
from matching.segment import Segmenter, Span

LONGEST_TEXT = 16  # characters; longer ones are no search for a word
LONGEST_WORD = 6
_SHORTEST_LATIN, _LONGEST_LATIN = 4, 16
_LATIN = re.compile(r"[a-z]+")
_LONGEST_SPELT = 30  # letters of words in pinyin
_SPELT = re.compile(r"[a-z]+(?:[ '][a-z]+)*")
_OF_A_SOUND = 20  # words of a piece that is only part of what was typed


@dataclass(frozen=True, slots=True)
class Correction:
    """The text as it may have been meant, and the word that was put in."""

    text: str
    word: str
    alike: bool  # it sounds the same, which is how most Chinese is mistyped
    sure: bool  # and what was typed is long, and no word


def corrections(
    folded: str, segment: Segmenter, lexicon: Container[str], *, sure: bool = False
) -> list[Correction]:
    """The likeliest first: what sounds the same before what looks alike, longer words before
    shorter ones. Han words are all of the dictionary; Latin ones may be no words at all.

    ``sure``: only those that can hardly be wrong.
    """
    spelt = [] if sure else _spelt(folded, segment, lexicon)
    if spelt or len(folded) > LONGEST_TEXT:
        return spelt
    words = list(segment.words(folded))
    found = {
        Correction(folded[: span.start] + word + folded[span.end :], word, alike, broken)
        for span, word, alike, broken in _replacements(words, segment, sure=sure)
        if span.text not in lexicon
    }
    return sorted(found, key=lambda one: (not one.alike, -len(one.word), one.word, one.text))


def _replacements(
    words: list[Span], segment: Segmenter, *, sure: bool
) -> Iterator[tuple[Span, str, bool, bool]]:
    begun = {"": [""]}
    for span in _stretches(words):
        broken = _is_broken(span, words) and not segment.knows(span.text)
        if broken or not sure:
            yield from ((span, word, True, broken) for word in _alike(span.text, segment, begun))
        if broken and not sure:
            yield from ((span, word, False, False) for word in _one_off(span.text, segment))
    for span in () if sure else words:
        if _LATIN.fullmatch(span.text) and _SHORTEST_LATIN <= len(span.text) <= _LONGEST_LATIN:
            yield from ((span, word, False, False) for word in _one_edit(span.text))


def _spelt(folded: str, segment: Segmenter, lexicon: Container[str]) -> list[Correction]:
    """The word, or the two, whose pinyin was typed in place of them; the likeliest first."""
    letters = re.sub("[ ']", "", folded).replace("v", UMLAUT)
    if not _SPELT.fullmatch(folded) or not _SHORTEST_LATIN <= len(letters) <= _LONGEST_SPELT:
        return []

    def likely(word: str) -> tuple[bool, float, str]:
        return word not in lexicon, segment.rarity(word), word

    def words(texts: Iterable[str]) -> list[str]:
        known = {one for one in texts if len(one) > 1 and segment.knows(one)}
        return sorted(known, key=likely)

    found: list[Correction] = []
    pairs: list[tuple[str, str]] = []
    for end, texts in read_as(letters, segment.is_prefix).items():
        if end == len(letters):
            found += [Correction(one, one, alike=True, sure=False) for one in words(texts)]
        elif first := words(texts)[:_OF_A_SOUND]:
            rest = read_as(letters[end:], segment.is_prefix).get(len(letters) - end, ())
            pairs += product(first, words(rest)[:_OF_A_SOUND])
    for both in sorted(pairs, key=lambda pair: [*map(likely, pair)]):
        telling = max(both, key=segment.rarity)
        found.append(Correction("".join(both), telling, alike=True, sure=False))
    return found


def _is_broken(stretch: Span, words: list[Span]) -> bool:
    """A wrong character mostly stands alone; in a short word it leaves too little to go by."""
    inside = (one for one in words if stretch.start <= one.start and one.end <= stretch.end)
    return len(stretch.text) > 2 and any(len(one.text) == 1 for one in inside)


def _stretches(words: list[Span]) -> Iterator[Span]:
    """Han words that touch, taken together: a wrong character breaks a word into pieces."""
    for first, word in enumerate(words):
        if not word.is_han:
            continue
        text, end = "", word.start
        for piece in words[first:]:
            text += piece.text
            if not piece.is_han or piece.start != end or len(text) > LONGEST_WORD:
                break
            end = piece.end
            if len(text) > 1:
                yield Span(word.start, end, text)


def _alike(word: str, segment: Segmenter, begun: dict[str, list[str]]) -> Iterator[str]:
    """Words that sound the same. ``begun`` keeps what words may begin with, by what was typed."""
    for end in range(1, len(word) + 1):
        if word[:end] not in begun:
            alike, before = homophones(word[end - 1]), begun[word[: end - 1]]
            begun[word[:end]] = [b + c for b in before for c in alike if segment.is_prefix(b + c)]
    return (other for other in begun[word] if other != word and segment.knows(other))


def _one_off(word: str, segment: Segmenter) -> Iterator[str]:
    """Words with one other character."""
    for at in range(len(word)):
        before, after = word[:at], word[at + 1 :]
        if before and not segment.is_prefix(before):
            return
        for char in common_characters():
            if segment.knows(other := before + char + after):
                yield other


def _one_edit(word: str) -> set[str]:
    """A letter left out, put in, another one, or two that changed places."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    dropped = {a + b[1:] for a, b in halves if b}
    other = {a + char + b[1:] for a, b in halves if b for char in ascii_lowercase}
    added = {a + char + b for a, b in halves for char in ascii_lowercase}
    return (swapped | dropped | other | added) - {word}
