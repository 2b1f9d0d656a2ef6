"""From text to units: the one analyser for posts, profiles, subscriptions and searches."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from matching import signals
from matching.analysis import Analysis
from matching.concepts import Lexicon, load_lexicon
from matching.document import encode_letters, topics
from matching.embedding.text import TextEmbedding
from matching.folding import fold
from matching.places import Gazetteer
from matching.salience import weigh
from matching.segment import Segmenter, Span
from matching.spelling import Correction, corrections
from matching.stopwords import STOP_CHARS, load_stop_words
from matching.unit import MOST_RARE, Unit, term_of

# A change in these changes the analyses: they make the version, with the lexicon.
RULE_FILES = (
    "analyser.py", "analysis.py", "concepts.py", "folding.py", "places.py", "salience.py",
    "segment.py", "signals.py", "stopwords.py", "unit.py", "document.py", "lexicon/stopwords.txt",
    "embedding/characters.bin", "embedding/characters.py", "embedding/ngrams.py",
    "embedding/quantised.py", "embedding/table.py", "embedding/text.py", "embedding/words.bin",
    "embedding/words.py",
)  # fmt: skip

# What a field of a profile says about what its owner can do.
FIELD_WEIGHTS = {
    "company": 0.5,
    "title": 1.0,
    "industry": 0.8,
    "bio": 1.0,
    "skills": 1.0,
    "keywords": 0.8,
    "group_nickname": 0.8,
    "posts": 0.7,
}


INSIDE = 0.8  # nearness of a term to the longer word that holds it


@dataclass(frozen=True)
class Profile:
    """What a member says about himself; posts are the texts of his live offers and needs."""

    company: str = ""
    title: str = ""
    city: str = ""
    industry: str = ""
    bio: str = ""
    skills: Sequence[str] = ()
    keywords: Sequence[str] = ()
    group_nickname: str = ""
    posts: Sequence[tuple[str, str]] = ()  # (kind, text)

    def words(self) -> Iterator[str]:
        """All that he says, but for where he lives."""
        yield from (self.company, self.title, self.industry, self.bio, self.group_nickname)
        yield from (*self.skills, *self.keywords)
        yield from (text for _, text in self.posts)


class Analyser:
    """Holds the dictionaries; built once, then only read, so threads may share it."""

    def __init__(self, extra_words: Iterable[str] = (), lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()
        self._gazetteer = Gazetteer(self.lexicon.places)
        own = tuple(sorted({fold(word) for word in extra_words} - {""}))
        self._stop = load_stop_words()
        known = [*self.lexicon.by_term, *sorted(self._gazetteer.names), *own]
        self._segment = Segmenter(known, self._stop)
        self._embedding = TextEmbedding()
        self.version = _version(self.lexicon, own)

    def analyse(self, text: str, kind: str = "") -> Analysis:
        """Analyse a post ("need" or "offer"), a search or a subscribed keyword."""
        folded = _plain(text)
        spans, units, shunned = self._wished(folded)
        merged = _merge(weigh(folded, spans, units, kind))
        role = any(self._flagged(unit, "role") for unit in merged)
        return Analysis(
            units=merged,
            cities=self._gazetteer.cities(folded),
            remote=signals.is_remote(folded),
            local=any(self._flagged(unit, "local") for unit in merged),
            flow=signals.flow(folded, kind),
            work=signals.work_side(folded) if role else "",
            excluded=shunned,
            topics=topics(merged, self.lexicon),
            letters=encode_letters(folded, self._segment.rarity),
            meaning=self._embedding.of(merged, folded),
            kind=kind,
        )

    def cities(self, text: str) -> frozenset[str]:
        """The cities that a text names; its analysis tells them too, and takes far longer."""
        return self._gazetteer.cities(_plain(text))

    def profile(self, profile: Profile) -> Analysis:
        """Analyse a member."""
        units: list[Unit] = []
        for name in ("company", "title", "industry", "bio", "group_nickname"):
            units += self._field(name, getattr(profile, name) or "")
        for name in ("skills", "keywords"):
            for entry in getattr(profile, name):
                units += self._field(name, entry)
        for kind, text in profile.posts:
            units += self._field("posts", text, always_wants=kind == "need")
        merged = _merge(units)
        named = fold(profile.city) or fold(profile.group_nickname)
        bio = fold(profile.bio)
        said = fold(" ".join(profile.words()))
        return Analysis(
            units=merged,
            cities=self._gazetteer.cities(named) or self._gazetteer.cities(bio),
            remote=signals.is_remote(bio),
            work=signals.work_side(bio) if bio else "",
            excluded=self._wished(_plain(profile.bio))[2],
            topics=topics(merged, self.lexicon),
            letters=encode_letters(said, self._segment.rarity),
            meaning=self._embedding.of(merged, said),
            kind="member",
        )

    def corrections(self, text: str, *, sure: bool = False) -> list[Correction]:
        """What a search for the text may have meant; ``sure``: what it did mean, very likely."""
        return corrections(fold(text), self._segment, self.lexicon.by_term.keys(), sure=sure)

    def terms_of(self, word: str) -> set[str]:
        """What a text is found by that holds the word, or something that means much the same."""
        concepts = self.lexicon.by_term.get(word, ())
        return {word} | {
            term_of(near) for one in concepts for near in self.lexicon.related(one.head)
        }

    def _wished(self, folded: str) -> tuple[list[Span], list[Unit], frozenset[str]]:
        """What a text says but for what it refuses, and the concepts that it does."""
        refused = signals.refused(folded)
        units: list[Unit] = []
        spans: list[Span] = []
        shunned: set[str] = set()
        for span, unit in self._units(folded):
            if not any(start <= span.start and span.end <= end for start, end in refused):
                units.append(unit)
                spans.append(span)
            elif len(unit.terms) > 1 or unit.weight >= 1:
                shunned.add(next(iter(unit.terms)))
        return spans, units, frozenset(shunned)

    def _field(self, name: str, text: str, *, always_wants: bool = False) -> list[Unit]:
        folded = _plain(text)
        wanted = [c for c in signals.clauses(folded) if signals.wants(folded[c[0] : c[1]])]
        weight = FIELD_WEIGHTS[name]
        units = []
        for span, unit in self._units(folded):
            wants = always_wants or any(start <= span.start < end for start, end in wanted)
            wants = wants or self._wanting(unit)
            units.append(
                Unit(unit.surface, unit.rarity, unit.weight * weight, unit.terms, name, wants)
            )
        return units

    def _units(self, folded: str) -> list[tuple[Span, Unit]]:
        """Lexicon terms first, then the words between them."""
        plain = signals.strip_amounts(folded)
        words = list(self._segment.words(folded))
        terms = self._segment.terms(folded, words)
        units = [(span, self._within(words, span, self._known(span))) for span in terms]
        taken = {at for span in terms for at in range(span.start, span.end)}
        rest = [w for w in words if plain[w.start : w.end] == w.text]
        units += self._loose(rest, plain, taken)
        return sorted(units, key=lambda pair: (pair[0].start, pair[0].end))

    def _within(self, words: Iterable[Span], span: Span, unit: Unit) -> Unit:
        """A term inside a longer word of the dictionary is only part of what is said: 保险杠."""
        for word in words:
            if (
                word.start <= span.start
                and span.end <= word.end
                and len(word.text) > len(span.text)
            ):
                terms = {word.text: 1.0}
                terms |= {term: round(near * INSIDE, 3) for term, near in unit.terms.items()}
                return replace(unit, surface=word.text, terms=terms)
        return unit

    def _known(self, span: Span) -> Unit:
        concepts = self.lexicon.by_term.get(span.text, ())
        if not concepts:
            if span.text in self._gazetteer.names:
                rarity = self._segment.rarity(span.text)
                return Unit(span.text, rarity, 0.15, {span.text: 1.0})
            return Unit(span.text, MOST_RARE, 1.0, {span.text: 1.0})
        terms = {term_of(concepts[0].head): 1.0}
        for place, concept in enumerate(concepts):
            for head, near in self.lexicon.related(concept.head).items():
                term = term_of(head)
                terms[term] = max(terms.get(term, 0), near if place == 0 else near * 0.9)
        weak = all("weak" in concept.flags for concept in concepts)
        terms[span.text] = 1.0
        for piece in self._segment.inner_words(span):
            # 咖啡机维修 is 维修, 保险箱 no 保险: only what it ends with says what it is.
            ends = piece.end == span.end
            if piece.text not in self._stop and (ends or piece.text not in self.lexicon.by_term):
                terms.setdefault(piece.text, 0.3)
        rarity = min(max(self._segment.rarity(span.text), 6.0), MOST_RARE)
        field = all("field" in concept.flags for concept in concepts)
        return Unit(span.text, rarity, 0.3 if weak else 0.65 if field else 1.0, terms)

    def _loose(
        self, words: Sequence[Span], text: str, taken: set[int]
    ) -> Iterator[tuple[Span, Unit]]:
        """Words that no concept claims; letters and digits that touch also count joined."""
        for place, word in enumerate(words):
            if word.start in taken or word.end - 1 in taken:
                continue
            before = words[place - 1] if place else None
            if word.is_han:
                if unit := self._plain(word):
                    yield word, unit
            elif before is not None and _continues(before, word, text):
                joined = before.text + word.text
                terms = {joined: 1.0, before.text: 0.5}
                yield Span(before.start, word.end, joined), Unit(joined, 10.0, 0.8, terms)
            elif not word.text[0].isdigit() and len(word.text) > 1 and word.text not in self._stop:
                yield word, Unit(word.text, 9.0, 0.8, {word.text: 1.0})

    def _plain(self, word: Span) -> Unit | None:
        if word.text in self._stop:
            return None
        if all(char in STOP_CHARS for char in word.text):
            return None
        if len(word.text) == 1:
            return Unit(
                word.text, round(self._segment.rarity(word.text), 2), 0.25, {word.text: 1.0}
            )
        terms = {word.text: 1.0}
        for piece in self._segment.inner_words(word):
            if piece.text not in self._stop:
                terms[piece.text] = 0.5
        return Unit(word.text, round(self._segment.rarity(word.text), 2), 0.6, terms)

    def _flagged(self, unit: Unit, flag: str) -> bool:
        return any(flag in c.flags for c in self.lexicon.by_term.get(unit.surface, ()))

    def _wanting(self, unit: Unit) -> bool:
        return any(unit.surface in c.wanting for c in self.lexicon.by_term.get(unit.surface, ()))


def _continues(before: Span, word: Span, text: str) -> bool:
    """Letters after digits or digits after letters, as in iphone 15."""
    touching = text[before.end : word.start] in ("", " ")
    return touching and not before.is_han and before.text.isalpha() != word.text.isalpha()


def _version(lexicon: Lexicon, extra_words: Iterable[str]) -> str:
    """Another one whenever stored analyses no longer are what analysing again would give."""
    digest = hashlib.sha256()
    package = files("matching")
    for name in RULE_FILES:
        digest.update((package / name).read_bytes())
    digest.update(repr([lexicon.version, *extra_words]).encode())
    return digest.hexdigest()[:12]


def _plain(text: str) -> str:
    """Folded, and without contacts and gaps, which give no words."""
    return signals.close_gaps(signals.strip_contacts(fold(text)))


def _merge(units: list[Unit]) -> tuple[Unit, ...]:
    """One unit for each thing said, in order of first mention within its field."""
    merged: dict[tuple[str, str, bool], Unit] = {}
    for unit in units:
        key = (next(iter(unit.terms)), unit.field, unit.wants)
        known = merged.get(key)
        if known is None:
            merged[key] = unit
        else:
            terms = {**unit.terms, **known.terms}
            merged[key] = replace(
                known,
                terms=terms,
                weight=max(known.weight, unit.weight),
                head=known.head or unit.head,
            )
    return tuple(merged.values())
