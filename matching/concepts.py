"""The lexicon: what words of trade mean the same, a kind of the same, or lie next to each other.

One line per concept, `head: terms relations flags`; docs/matching.md describes the format.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

import yaml

from matching.folding import fold

FLAGS = frozenset({"local", "weak", "role", "field"})


@dataclass(frozen=True, slots=True)
class Concept:
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
        concepts.append(parse_concept(plain, f"{name} {rest} <{head}", source))
        concepts[-1] = replace(
            concepts[-1], flags=concepts[-1].flags | (concepts[0].flags - {"field"})
        )
    return concepts


def parse_concept(head: str, line: str, source: str) -> Concept:
    """Read `head: term term? term! <kind_of ~next_to @flag`."""
    terms, wanting, shared = [], set(), set()
    parents, neighbours, flags = [], [], set()
    if "/" not in head:
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
    """All concepts, and how near each is to the others."""

    concepts: Mapping[str, Concept]
    places: Mapping[str, tuple[str, ...]]
    by_term: Mapping[str, tuple[Concept, ...]]
    digest: str

    def kin(self, head: str) -> dict[str, float]:
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


def build_lexicon(concepts: Iterable[Concept], places: Mapping[str, tuple[str, ...]]) -> Lexicon:
    """Index the concepts by their terms."""
    by_head: dict[str, Concept] = {}
    by_term: dict[str, list[Concept]] = {}
    for concept in concepts:
        if concept.head in by_head:
            raise ValueError(f"{concept.source}: concept {concept.head} stands twice")
        by_head[concept.head] = concept
        for term in concept.terms:
            by_term.setdefault(term, []).append(concept)
    text = repr([(c.head, c.terms, sorted(c.wanting), c.parents, c.neighbours, sorted(c.flags))
                 for c in by_head.values()])  # fmt: skip
    digest = hashlib.sha256((text + repr(sorted(places.items()))).encode()).hexdigest()[:12]
    return Lexicon(by_head, places, {t: tuple(c) for t, c in by_term.items()}, digest)


def load_lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    concepts: list[Concept] = []
    places: dict[str, tuple[str, ...]] = {}
    folder = files("matching") / "lexicon"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        if file.name == "places.yaml":
            places = {head: tuple(line.split()) for head, line in data.items()}
        else:
            for head, line in data.items():
                concepts += parse_line(str(head), line, file.name)
    return build_lexicon(concepts, places)
