"""The lexicon: what words of trade mean the same, a kind of the same, or lie next to each other.

One line per concept, `head: terms relations flags`; docs/matching.md describes the format.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import opencc
import yaml

from matching.disk_cache import cached
from matching.folding import fold

# The C parser is ten times as fast; some builds of PyYAML lack it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAKERS = ("concepts.py", "folding.py")  # another state of these may read the files otherwise
_Names = dict[str, tuple[str, ...]]
FLAGS = frozenset({"local", "weak", "role", "field"})


class Concept(NamedTuple):
    """One line of the lexicon."""

    head: str
    terms: tuple[str, ...]  # as they stand in folded text
    wanting: frozenset[str]  # terms that say the author wants it, not that he has it
    shared: frozenset[str]  # terms that are knowingly in another concept, too
    parents: tuple[str, ...]
    neighbours: tuple[str, ...]
    flags: frozenset[str]
    source: str


def parse_line(head: str, line: str, source: str) -> list[Concept]:
    """A line holds one concept, or a concept and, after each " | ", a kind of it."""
    first, *kinds = line.split(" | ")
    concepts = [parse_concept(head, first, source)]
    for kind in kinds:
        name, _, rest = kind.strip().partition(" ")
        plain = name.rstrip("?!")
        concepts.append(parse_concept(plain, f"{name} {rest} <{head.lstrip('+')}", source))
        concepts[-1] = concepts[-1]._replace(
            flags=concepts[-1].flags | (concepts[0].flags - {"field"})
        )
    return concepts


def parse_concept(head: str, line: str, source: str) -> Concept:
    """Read `head: term term? term! <kind_of ~next_to @flag`."""
    terms, wanting, shared = [], set(), set()
    parents, neighbours, flags = [], [], set()
    if "/" not in head and not head.startswith("+"):
        terms.append(fold(head.replace("_", " ")))
    for word in line.split():
        match word[0]:
            case "<":
                parents.append(word[1:])
            case "~":
                neighbours.append(word[1:])
            case "@":
                flags.add(word[1:])
            case _:
                term = fold(word.rstrip("?!").replace("_", " "))
                terms.append(term)
                if "?" in word:
                    wanting.add(term)
                if "!" in word:
                    shared.add(term)
    return Concept(
        head,
        tuple(dict.fromkeys(terms)),
        frozenset(wanting),
        frozenset(shared),
        tuple(parents),
        tuple(neighbours),
        frozenset(flags),
        source,
    )


@dataclass(frozen=True)
class Lexicon:
    """All concepts, how near each is to the others, and in which fields of life they come up."""

    concepts: Mapping[str, Concept]
    places: Mapping[str, tuple[str, ...]]
    by_term: Mapping[str, tuple[Concept, ...]]
    topics: Mapping[str, tuple[str, ...]]  # by head, of those that are named in topics.yaml
    version: str  # another one whenever anything in the files is

    def topics_of(self, head: str) -> tuple[str, ...]:
        """A concept that is not named has the topics of what it belongs to first."""
        seen: set[str] = set()
        while head not in self.topics and head not in seen:
            seen.add(head)
            above = (*self.concepts[head].parents, *self.concepts[head].neighbours)
            head = next(iter(above), head)
        return self.topics.get(head, ())

    def related(self, head: str) -> dict[str, float]:
        """The concept itself, its kinds-of two steps up and its neighbours, with their nearness."""
        near = {head: 1.0}
        concept = self.concepts[head]
        for parent in concept.parents:
            near[parent] = max(near.get(parent, 0), 0.6)
            for grand in self.concepts[parent].parents:
                near[grand] = max(near.get(grand, 0), 0.3)
        for neighbour in concept.neighbours:
            near[neighbour] = max(near.get(neighbour, 0), 0.45)
        return near


def build_lexicon(read: "_Read", version: str) -> Lexicon:
    """Index the concepts by their terms; a head with a + adds to a concept that is there.

    Raises ValueError, in words for whoever wrote the file.
    """
    by_head: dict[str, Concept] = {}
    added: list[Concept] = []
    for concept in read.concepts:
        head = concept.head
        if head.startswith("+"):
            added.append(concept)
        elif head in by_head:
            raise ValueError(f"{concept.source} 里的“{head}”：已经有这个概念，要补充就写“+{head}”")
        else:
            by_head[head] = concept
    for concept in added:  # last: a file may add to what only a later one names
        head = concept.head[1:]
        if head not in by_head:
            raise ValueError(f"{concept.source} 里的“+{head}”：没有“{head}”这个概念可以补充")
        by_head[head] = _joined(by_head[head], concept)
    _check(read.concepts, by_head)
    return Lexicon(by_head, read.places, _by_term(by_head), _topics(read.topics, by_head), version)


def _by_term(by_head: Mapping[str, Concept]) -> dict[str, tuple[Concept, ...]]:
    """The concepts of each term, first the one where it is at home."""
    found: dict[str, tuple[Concept, ...]] = {}
    for concept in by_head.values():
        alone = (concept,)
        for term in concept.terms:
            known = found.get(term)
            found[term] = alone if known is None else (*known, concept)
    for term, those in found.items():
        if len(those) > 1:
            found[term] = tuple(sorted(those, key=lambda one: term in one.shared))
    return found


def _check(concepts: Iterable[Concept], by_head: Mapping[str, Concept]) -> None:
    for concept in concepts:
        for other in (*concept.parents, *concept.neighbours):
            if other not in by_head:
                raise ValueError(f"{concept.source} 里的“{concept.head}”：没有“{other}”这个概念")


def _topics(named: _Names, by_head: Mapping[str, Concept]) -> _Names:
    """The topics of each concept."""
    topics: _Names = {}
    for topic, heads in named.items():
        for head in heads:
            if head not in by_head:
                raise ValueError(f"话题“{topic}”：没有“{head}”这个概念")
            topics[head] = (*topics.get(head, ()), topic)
    return topics


def _joined(known: Concept, more: Concept) -> Concept:
    return known._replace(
        terms=tuple(dict.fromkeys(known.terms + more.terms)),
        wanting=known.wanting | more.wanting,
        shared=known.shared | more.shared,
        parents=known.parents + more.parents,
        neighbours=known.neighbours + more.neighbours,
        flags=known.flags | more.flags,
    )


def load_lexicon(extra: Mapping[str, str] | None = None) -> Lexicon:
    """The lexicon of the package, and a community's own files (name: YAML text) after it."""
    (own, key), more = _own(), _read(extra or {})
    version = hashlib.sha256(repr((key, sorted((extra or {}).items()))).encode()).hexdigest()
    topics = dict(own.topics)
    for topic, heads in more.topics.items():
        topics[topic] = (*topics.get(topic, ()), *heads)
    read = _Read(own.concepts + more.concepts, own.places | more.places, topics)
    return build_lexicon(read, version)


class _Read(NamedTuple):
    """What stands in the files."""

    concepts: list[Concept]
    places: _Names
    topics: _Names  # with the heads of their concepts


def _own() -> tuple[_Read, str]:
    """The package's own files as they were read once; a start with thousands more is no slower."""
    texts, package = own_files(), Path(__file__).parent
    makers = [(package / name).read_bytes() for name in _MAKERS]
    key = hashlib.sha256(repr((opencc.__version__, makers, texts)).encode()).hexdigest()

    def rows() -> tuple[list[tuple[Any, ...]], _Names, _Names]:
        found = _read(texts)
        return [tuple(one) for one in found.concepts], found.places, found.topics

    found, places, topics = cached(package, "lexicon", key, rows)
    return _Read([*map(Concept._make, found)], places, topics), key


def _read(texts: Mapping[str, str]) -> _Read:
    read = _Read([], {}, {})
    for name, text in texts.items():
        data = yaml.load(text, Loader=_LOADER) or {}
        lines = {str(head): str(line or "") for head, line in data.items()}
        if name.endswith("places.yaml"):
            read.places.update({head: tuple(line.split()) for head, line in lines.items()})
        elif name.endswith("topics.yaml"):
            read.topics.update({head: tuple(line.split()) for head, line in lines.items()})
        else:
            for head, line in lines.items():
                read.concepts.extend(parse_line(head, line, name))
    return read


def own_files() -> dict[str, str]:
    """The files of the lexicon by name, in order."""
    folder = files("matching") / "lexicon"
    found = sorted((entry for entry in folder.iterdir()), key=lambda entry: entry.name)
    return {f.name: f.read_text(encoding="utf-8") for f in found if f.name.endswith(".yaml")}
