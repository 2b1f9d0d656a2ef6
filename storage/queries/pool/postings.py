"""The search index: which live posts and profiles hold a term, and which hold most of a query.

A shelf is what is searched at once: ``need``, ``offer`` or ``member``. Weights are summed as whole
numbers, so that both databases break ties alike.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, TextClause, and_, delete, select, text
from sqlmodel import Session

from storage.queries import counters, direct
from storage.queries.prepared import padded_length
from storage.tables import Table

TERM_LENGTH = 64  # longer ones are not indexed
MOST_TERMS = 64  # of a query
MOST_ASKED = 256  # terms whose presence one statement asks for
HEAVIEST = 1_000  # items looked at for each term: those in which it weighs most, then the newest
_UNIT = 10_000  # a weight of 1
_TABLE = Table.metadata.tables["posting"]


def replace(
    session: Session, *, community_id: str, shelf: str, item_id: int, terms: Mapping[str, int]
) -> None:
    """Make these the terms by which the item is found, with what each weighs in it.

    An item without terms is not found.
    """
    replace_all(session, community_id=community_id, shelf=shelf, items={item_id: terms})


def add(
    session: Session, *, community_id: str, shelf: str, item_id: int, terms: Mapping[str, int]
) -> None:
    """The same for an item that was never on any shelf: nothing has to be compared."""
    if new := _short(terms):
        _put(session, community_id, shelf, {item_id: new})
        counters.add(session, community_id=community_id, name=_counter(shelf), change=1)


def replace_all(
    session: Session, *, community_id: str, shelf: str, items: Mapping[int, Mapping[str, int]]
) -> None:
    """The same for several items in a few statements."""
    connection = session.connection()
    on_shelf = and_(_TABLE.c.community_id == community_id, _TABLE.c.shelf == shelf)
    old = _held(connection, on_shelf, items)
    new = {id_: _short(terms) for id_, terms in items.items()}
    for item_id in items:
        if gone := [term for term, weight in old[item_id] - new[item_id]]:
            item = and_(on_shelf, _TABLE.c.item_id == item_id)
            connection.execute(delete(_TABLE).where(item, _TABLE.c.term.in_(gone)))
    added = {item_id: new[item_id] - old[item_id] for item_id in items}
    _put(session, community_id, shelf, added)
    change = sum(bool(new[item_id]) - bool(old[item_id]) for item_id in items)
    if change:
        counters.add(session, community_id=community_id, name=_counter(shelf), change=change)


def _put(
    session: Session, community_id: str, shelf: str, added: Mapping[int, set[tuple[str, int]]]
) -> None:
    key = {"community_id": community_id, "shelf": shelf}
    rows = [
        {**key, "item_id": item_id, "term": term, "weight": weight}
        for item_id, entries in added.items()
        for term, weight in sorted(entries)
    ]
    direct.add_unflushed(session, _TABLE.name, rows)


def remove(session: Session, *, community_id: str, shelf: str, item_id: int) -> None:
    """Take the item off the shelf; one that is not there does no harm."""
    replace(session, community_id=community_id, shelf=shelf, item_id=item_id, terms={})


def size(session: Session, *, community_id: str, shelf: str) -> int:
    """How many items are on the shelf."""
    return counters.value(session, community_id=community_id, name=_counter(shelf))


def counts(
    session: Session, *, community_id: str, shelf: str, terms: Iterable[str], cap: int
) -> tuple[int, dict[str, int]]:
    """How many items are on the shelf, and in how many each term is; that stops at ``cap``."""
    asked = sorted(set(terms))
    size, found = 0, dict.fromkeys(asked, 0)
    for start in range(0, max(len(asked), 1), MOST_TERMS):
        part = asked[start : start + MOST_TERMS]
        where = {"community_id": community_id, "shelf": shelf, "counter": _counter(shelf)}
        values = {**where, "cap": cap, **_named("t", part)}
        for at, number in direct.run_unflushed(session, _counts(len(part)), values):
            if at < 0:
                size = number
            else:
                found[part[at]] = number
    return size, found


def present(
    session: Session, *, community_id: str, shelves: Collection[str], terms: Iterable[str]
) -> set[str]:
    """Which of the terms something on these shelves is found by: one look into the key for each."""
    asked = sorted({term for term in terms if len(term) <= TERM_LENGTH})
    found: set[str] = set()
    for shelf in shelves:
        for start in range(0, len(asked), MOST_ASKED):
            part = asked[start : start + MOST_ASKED]
            part += part[-1:] * (padded_length(len(part)) - len(part))
            values = {"community_id": community_id, "shelf": shelf, **_named("t", part)}
            found.update(direct.run_unflushed(session, _present(len(part)), values).scalars())
    return found


@dataclass(frozen=True)
class NearestQuery:
    """The items of a shelf in which these terms weigh most together, the newer of equals first."""

    community_id: str
    shelf: str
    weights: Mapping[str, float]
    limit: int

    @property
    def count(self) -> int:
        """How many terms are asked for."""
        return min(len(self.weights), MOST_TERMS)

    @property
    def values(self) -> dict[str, Any]:
        """The values in what ``nearest`` says."""
        telling = sorted(self.weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]
        return {
            "community_id": self.community_id,
            "shelf": self.shelf,
            "each": HEAVIEST,
            "most": self.limit,
            **_named("t", [term for term, _ in telling]),
            **_named("w", [round(weight * _UNIT) for _, weight in telling]),
        }


def candidates(
    session: Session, *, community_id: str, shelf: str, weights: Mapping[str, float], limit: int
) -> list[int]:
    """The numbers of such items."""
    asked = NearestQuery(community_id, shelf, weights, limit)
    if not asked.count:
        return []
    return direct.run_unflushed(session, _candidates(asked.count), asked.values).scalars()


def _short(terms: Mapping[str, int]) -> set[tuple[str, int]]:
    return {(term, weight) for term, weight in terms.items() if len(term) <= TERM_LENGTH}


def _held(
    connection: Connection, on_shelf: ColumnElement[bool], items: Collection[int]
) -> dict[int, set[tuple[str, int]]]:
    held: dict[int, set[tuple[str, int]]] = {item_id: set() for item_id in items}
    statement = select(_TABLE.c.item_id, _TABLE.c.term, _TABLE.c.weight)
    statement = statement.where(on_shelf, _TABLE.c.item_id.in_(items))
    for item_id, term, weight in connection.execute(statement):
        held[item_id].add((term, weight))
    return held


def _counter(shelf: str) -> str:
    return f"shelf:{shelf}"


def _named(letter: str, values: Iterable[object]) -> dict[str, object]:
    return {f"{letter}{at}": value for at, value in enumerate(values)}


_TERM = "FROM posting WHERE community_id = :community_id AND shelf = :shelf AND term = :t{at}"


@cache
def _counts(count: int) -> TextClause:
    size = (
        "SELECT -1 AS at, value FROM counter WHERE community_id = :community_id AND name = :counter"
    )
    one = f"SELECT {{at}}, count(*) FROM (SELECT 1 {_TERM} LIMIT :cap) AS hit{{at}}"
    return text(" UNION ALL ".join([size, *(one.format(at=at) for at in range(count))]))


@cache
def _present(count: int) -> TextClause:
    asked = ", ".join(f"(CAST(:t{at} AS VARCHAR(64)))" for at in range(count))
    here = "community_id = :community_id AND shelf = :shelf AND term = asked.word"
    return text(
        f"WITH asked(word) AS (VALUES {asked}) "
        f"SELECT word FROM asked WHERE EXISTS (SELECT 1 FROM posting WHERE {here})"
    )


@cache
def _candidates(count: int) -> TextClause:
    return text(nearest(count))


def nearest(count: int) -> str:
    """One backward walk along the key for each term: the items in which it weighs most."""
    one = (
        f"SELECT item_id, worth FROM (SELECT item_id, CAST(:w{{at}} AS BIGINT) * weight AS worth "
        f"{_TERM} ORDER BY weight DESC, item_id DESC LIMIT :each) AS hit{{at}}"
    )
    hits = " UNION ALL ".join(one.format(at=at) for at in range(count))
    return (
        f"SELECT item_id FROM ({hits}) AS hit GROUP BY item_id "
        "ORDER BY sum(worth) DESC, item_id DESC LIMIT :most"
    )
