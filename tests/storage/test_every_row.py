"""Rows of every table, in a file and in a database of the other kind, and back."""

from pathlib import Path

from storage.archive import reading, writing
from storage.database import Database
from tests.fakes import START
from tests.storage.conftest import OTHER, NewDatabase
from tests.storage.rows import Rows, fill, rows_of


def test_every_table_goes_to_the_other_kind_and_back(
    database: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    fill(database, communities=("a", "b"), each=6)
    before = rows_of(database)
    assert all(before.values())
    there, back = new_database(OTHER[database_kind]), new_database(database_kind)
    writing.write(database, tmp_path / "one.zip", now=START)
    reading.restore(there, tmp_path / "one.zip")
    assert rows_of(there) == before
    writing.write(there, tmp_path / "two.zip", now=START)
    reading.restore(back, tmp_path / "two.zip")
    assert rows_of(back) == before


def test_one_community_goes_to_the_other_kind_and_back(
    database: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    fill(database, communities=("a", "b"), each=6)
    before = rows_of(database, community="b")
    there = new_database(OTHER[database_kind], migrated=True)
    fill(there, communities=("c",), each=6)
    back, beside = new_database(database_kind, migrated=True), rows_of(there, community="c")
    writing.write(database, tmp_path / "one.zip", now=START, community_id="b")
    reading.restore_community(there, tmp_path / "one.zip")
    assert renumbered(rows_of(there, community="b")) == renumbered(before)
    assert rows_of(there, community="c") == beside
    writing.write(there, tmp_path / "two.zip", now=START, community_id="b")
    reading.restore_community(back, tmp_path / "two.zip")
    assert renumbered(rows_of(back, community="b")) == renumbered(before)


def renumbered(found: Rows) -> Rows:
    """What is to be sent gets other numbers beside that of others; its order stays."""
    return {**found, "outbox": [row[1:] for row in found["outbox"]]}
