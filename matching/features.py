"""What a query and a candidate have in common, as numbers between 0 and about 1.

Each group of features is a named tuple. A new one is a field of a group, with its value at the same
place of what the function of that group gives; models find it by its name, and give it no weight
until they are fitted anew. Values are given as plain tuples, for to make named ones takes about as
long as to measure what is in them.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from matching.analysis import Analysis
from matching.comparing import Answer, Query
from matching.embedding.quantised import cosine
from matching.stored import Stored

Values = tuple[float, ...]  # in the order of the fields of a group, or of several
FUNCTION = frozenset({"title", "industry"})  # fields that say what somebody does
LONG = 6  # characters of a word from which on it cannot mean much else
RARE_LETTERS = 30.0  # the rarity of some five telling characters
FAIR = 0.25  # the share of a query that a fair answer covers
ALIKE = 0.5  # texts about the same matter
EXACT = 0.9  # nearness from which two units mean the same


class SharedFeatures(NamedTuple):
    """What posts and members have in common."""

    score: float
    covered: float
    covers: float
    both_cover: float
    head: float
    head_exact: float
    exact: float
    known_exact: float
    same_word: float
    characters: float
    best: float
    rarest: float
    known_both: float
    rare_head: float
    longest: float
    head_missing: float


class PlaceFeatures(NamedTuple):
    """Where it is, and on which side both stand."""

    same_city: float
    apart: float
    apart_local: float
    flow_clash: float
    work_clash: float
    work_fits: float
    seeks_alone: float


class HeadFeatures(NamedTuple):
    """Of a post of the opposite kind: what it is about."""

    their_head_missing: float
    their_head: float
    heads: float
    heads_exact: float


class MemberFeatures(NamedTuple):
    """Of a member: in which field it stands, and on which side."""

    has: float
    wants: float
    asked: float
    title: float
    head_has: float
    head_wants: float
    head_asked: float
    bio: float
    # Who gives something away is glad of those who want it, and a rival of those who have it.
    give: float
    give_has: float
    give_wants: float
    asked_only: float
    asked_and_has: float


class WholeTextFeatures(NamedTuple):
    """What the texts have in common as wholes, whether any of their units meet or not."""

    met: float  # some do
    letters: float
    letters_covered: float
    meaning: float
    topics: float


class RelativeFeatures(NamedTuple):
    """Of these, what stands beside the best candidate, which is known when all are measured."""

    relative: float  # the score
    letters_relative: float
    meaning_behind: float
    topics_behind: float


POST = (
    SharedFeatures._fields
    + PlaceFeatures._fields
    + HeadFeatures._fields
    + WholeTextFeatures._fields
    + RelativeFeatures._fields
)
MEMBER = (
    SharedFeatures._fields
    + PlaceFeatures._fields
    + MemberFeatures._fields
    + WholeTextFeatures._fields
    + RelativeFeatures._fields
)
SCORE = SharedFeatures._fields.index("score")
_NO_POST = (0.0,) * len(SharedFeatures._fields + PlaceFeatures._fields + HeadFeatures._fields)
_NO_MEMBER = (0.0,) * len(SharedFeatures._fields + PlaceFeatures._fields + MemberFeatures._fields)


def features(query: Query, candidate: Stored, found: Answer) -> Values:
    """All that can be said of one candidate, in the order of POST or MEMBER."""
    member = candidate.kind == "member"
    alone = whole_text_features(query, candidate, found)
    if not found.term_matches:
        return (_NO_MEMBER if member else _NO_POST) + alone
    both = shared_features(query, candidate, found) + place_features(query.analysis, candidate)
    return (
        both
        + (member_features(query, found) if member else head_features(candidate, found))
        + alone
    )


def relative_features(query: Query, all_: Sequence[Values]) -> list[Values]:
    """Features relative to the best candidate, or to a fair one where all are bad."""
    if not all_:
        return []
    letters, meaning, topics = (
        WholeTextFeatures._fields.index(name) - len(WholeTextFeatures._fields)
        for name in ("letters", "meaning", "topics")
    )
    worth = [math.expm1(values[SCORE] * 3) for values in all_]
    top = max(query.total * FAIR, *worth)
    spelt = max(query.all_letters * FAIR / RARE_LETTERS, *(values[letters] for values in all_))
    near = max(ALIKE, *(values[meaning] for values in all_))
    field = max(ALIKE, *(values[topics] for values in all_))
    return [
        (one / top, values[letters] / spelt, values[meaning] - near, values[topics] - field)
        for one, values in zip(worth, all_, strict=True)
    ]


def whole_text_features(query: Query, candidate: Stored, found: Answer) -> Values:
    """Features of the texts as wholes."""
    theirs = candidate.letters
    met = sum([rarity for char, rarity in query.letters.items() if char in theirs])
    topics = candidate.topics
    common = [
        share * topics[name] for name, share in query.analysis.topics.items() if name in topics
    ]
    return (
        float(bool(found.term_matches)),  # met
        met / RARE_LETTERS,  # letters
        met / query.all_letters,  # letters_covered
        cosine(query.meaning, candidate.meaning),  # meaning
        sum(common),  # topics
    )


def shared_features(query: Query, candidate: Stored, found: Answer) -> Values:
    """Features that posts and members have in common."""
    score = covered = head = head_exact = best = rarest = 0.0
    known_both = rare_head = longest = 0.0
    exact = known = same = 0
    for unit, theirs, near, value in found.hits:
        much, known_unit = value * near, len(unit.terms) > 1
        covered += much
        score += much * (0.5 + 0.5 * min(theirs.weight, 1.0))
        best = max(best, near)
        longest = max(longest, near * min(len(unit.surface), LONG))
        if known_unit and near > known_both and len(theirs.terms) > 1:
            known_both = near
        if unit.head:
            head = max(head, near)
            rare_head = max(rare_head, near * value / unit.weight)
        if near >= EXACT:
            exact += 1
            rarest = max(rarest, value)
            if known_unit:
                known += unit.weight > 0.3
                head_exact = 1.0 if unit.head else head_exact
        same += unit.surface == theirs.surface and unit.weight > 0.2
    covered /= query.total
    return (
        math.log1p(score) / 3,  # score
        covered,
        found.covers,  # covers
        math.sqrt(covered * found.covers),  # both_cover
        head,
        head_exact,
        min(exact, 3) / 3,  # exact
        min(known, 3) / 3,  # known_exact
        min(same, 3) / 3,  # same_word
        _characters(query, candidate),
        best,
        rarest / 10,
        known_both,
        rare_head / 10,
        longest / LONG,
        float(query.known_head and head < 0.5),  # head_missing
    )


def _characters(query: Query, candidate: Stored) -> float:
    theirs = candidate.characters
    met = sum([worth for char, worth in query.characters.items() if char in theirs])
    return met / query.all_characters


def in_other_city(query: Analysis, candidate: Analysis | Stored) -> bool:
    """They are in different cities, and neither says that this does not matter."""
    both = bool(query.cities and candidate.cities)
    return both and not (query.cities & candidate.cities or query.remote or candidate.remote)


def place_features(query: Analysis, candidate: Stored) -> Values:
    """Features of where, and of who wants what from whom."""
    apart = in_other_city(query, candidate)
    mine, theirs = query.work, candidate.work
    return (
        float(bool(query.cities & candidate.cities)),  # same_city
        float(apart),
        float(apart and (query.local or candidate.local)),  # apart_local
        float(bool(query.flow) and query.flow == candidate.flow),  # flow_clash
        float(bool(mine) and mine == theirs),  # work_clash
        float((mine, theirs) in (("hire", "seek"), ("seek", "hire"))),  # work_fits
        float(mine == "seek" and theirs != "hire"),  # seeks_alone
    )


def head_features(candidate: Stored, found: Answer) -> Values:
    """Features of a post of the opposite kind."""
    nearest = their_head = both = both_exact = 0.0
    for unit, theirs, near, _ in found.hits:
        if theirs.head:
            nearest = max(nearest, near)
            their_head = max(their_head, near * min(1.0, unit.weight + 0.2))
            if unit.head:
                both = max(both, near)
                both_exact = 1.0 if near >= EXACT else both_exact
    missing = nearest < 0.5 and any(row.head and len(row.terms) > 1 for row in candidate.rows)
    return float(missing), their_head, both, both_exact


def member_features(query: Query, found: Answer) -> Values:
    """Features of a member."""
    has = wants = asked = title = bio = head_has = head_wants = head_asked = 0.0
    units = query.analysis.units
    for at, both, theirs in found.term_matches:
        unit = units[at]
        near = both * unit.weight if unit.weight < 1 else both
        of_head = near if unit.head else 0.0
        if theirs.field == "keywords":
            asked, head_asked = max(asked, near), max(head_asked, of_head)
        elif theirs.wants:
            wants, head_wants = max(wants, near), max(head_wants, of_head)
        else:
            has, head_has = max(has, near), max(head_has, of_head)
        if theirs.field in FUNCTION:
            title = max(title, near)
        elif theirs.field == "bio":
            bio = max(bio, near)
    give = float(query.analysis.flow == "give")
    return (
        has,
        wants,
        asked,
        title,
        head_has,
        head_wants,
        head_asked,
        bio,
        give,
        give * head_has,
        give * head_wants,
        asked * (1 - has),  # asked_only
        asked * has,  # asked_and_has
    )
