"""The search index: which live posts and profiles hold a term, and which hold most of a query.

A shelf is what is searched at once: ``need``, ``offer`` or ``member``. Weights are summed as whole
numbers, so that both databases break ties alike.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, TextClause, and_, delete, insert, select, text
from sqlmodel import Session

from storage.queries import counters
from storage.tables import Table

TERM_LENGTH = 64  # longer ones are not indexed
MOST_TERMS = 64  # of a query
MOST_ASKED = 256  # terms whose presence one statement asks for
NEWEST = 5_000  # items looked at for each term; the telling terms have far fewer
_UNIT = 1_000_000  # a weight of 1
_TABLE = Table.metadata.tables["posting"]


def replace(
    session: Session, *, community_id: str, shelf: str, item_id: int, terms: Iterable[str]
) -> None:
    """Make these the terms by which the item is found. An item without terms is not found."""
    replace_all(session, community_id=community_id, shelf=shelf, items={item_id: terms})


def replace_all(
    session: Session, *, community_id: str, shelf: str, items: Mapping[int, Iterable[str]]
) -> None:
    """The same for several items in a few statements."""
    connection = session.connection()
    on_shelf = and_(_TABLE.c.community_id == community_id, _TABLE.c.shelf == shelf)
    old = _held(connection, on_shelf, items)
    new = {id_: {term for term in items[id_] if len(term) <= TERM_LENGTH} for id_ in items}
    for item_id in items:
        if gone := old[item_id] - new[item_id]:
            item = and_(on_shelf, _TABLE.c.item_id == item_id)
            connection.execute(delete(_TABLE).where(item, _TABLE.c.term.in_(gone)))
    key = {"community_id": community_id, "shelf": shelf}
    added = [
        {**key, "item_id": item_id, "term": term}
        for item_id in items
        for term in sorted(new[item_id] - old[item_id])
    ]
    if added:
        connection.execute(insert(_TABLE), added)
    change = sum(bool(new[item_id]) - bool(old[item_id]) for item_id in items)
    if change:
        counters.add(session, community_id=community_id, name=_counter(shelf), change=change)


def remove(session: Session, *, community_id: str, shelf: str, item_id: int) -> None:
    """Take the item off the shelf; one that is not there does no harm."""
    replace(session, community_id=community_id, shelf=shelf, item_id=item_id, terms=())


def size(session: Session, *, community_id: str, shelf: str) -> int:
    """How many items are on the shelf."""
    return counters.value(session, community_id=community_id, name=_counter(shelf))


def frequencies(
    session: Session, *, community_id: str, shelf: str, terms: Iterable[str], cap: int
) -> dict[str, int]:
    """In how many items each term is; counting stops at ``cap``."""
    asked = sorted(set(terms))
    found: dict[str, int] = {}
    for start in range(0, len(asked), MOST_TERMS):
        part = asked[start : start + MOST_TERMS]
        values = {"community_id": community_id, "shelf": shelf, "cap": cap, **_named("t", part)}
        rows = session.connection().execute(_frequencies(len(part)), values)
        found |= {part[row.at]: row.df for row in rows}
    return found


def present(
    session: Session, *, community_id: str, shelves: Collection[str], terms: Iterable[str]
) -> set[str]:
    """Which of the terms something on these shelves is found by: one look into the key for each."""
    asked = sorted({term for term in terms if len(term) <= TERM_LENGTH})
    found: set[str] = set()
    for shelf in shelves:
        for start in range(0, len(asked), MOST_ASKED):
            part = asked[start : start + MOST_ASKED]
            values = {"community_id": community_id, "shelf": shelf, **_named("t", part)}
            found.update(session.connection().execute(_present(len(part)), values).scalars())
    return found


def candidates(
    session: Session, *, community_id: str, shelf: str, weights: Mapping[str, float], limit: int
) -> list[int]:
    """The items whose terms weigh most together, the newer of equals first."""
    telling = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]
    if not telling:
        return []
    values: dict[str, Any] = {
        "community_id": community_id,
        "shelf": shelf,
        "newest": NEWEST,
        "most": limit,
        **_named("t", [term for term, _ in telling]),
        **_named("w", [round(weight * _UNIT) for _, weight in telling]),
    }
    return list(session.connection().execute(_candidates(len(telling)), values).scalars())


def _held(
    connection: Connection, on_shelf: ColumnElement[bool], items: Collection[int]
) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {item_id: set() for item_id in items}
    statement = select(_TABLE.c.item_id, _TABLE.c.term)
    for item_id, term in connection.execute(statement.where(on_shelf, _TABLE.c.item_id.in_(items))):
        held[item_id].add(term)
    return held


def _counter(shelf: str) -> str:
    return f"shelf:{shelf}"


def _named(letter: str, values: Iterable[object]) -> dict[str, object]:
    return {f"{letter}{at}": value for at, value in enumerate(values)}


_TERM = "FROM posting WHERE community_id = :community_id AND shelf = :shelf AND term = :t{at}"


@cache
def _frequencies(count: int) -> TextClause:
    one = f"SELECT {{at}} AS at, count(*) AS df FROM (SELECT 1 {_TERM} LIMIT :cap) AS hit{{at}}"
    return text(" UNION ALL ".join(one.format(at=at) for at in range(count)))


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
    """One backward walk along the key for each term: the newest items come first."""
    one = (
        f"SELECT item_id, weight FROM (SELECT item_id, CAST(:w{{at}} AS BIGINT) AS weight {_TERM} "
        "ORDER BY item_id DESC LIMIT :newest) AS hit{at}"
    )
    hits = " UNION ALL ".join(one.format(at=at) for at in range(count))
    return text(
        f"SELECT item_id FROM ({hits}) AS hit GROUP BY item_id "
        "ORDER BY sum(weight) DESC, item_id DESC LIMIT :most"
    )
