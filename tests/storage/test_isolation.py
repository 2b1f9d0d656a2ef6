"""Each test has an empty database of its own."""

import pytest
from sqlmodel import func, select

from storage.database import Database
from storage.schema import revisions
from storage.tables import Table


@pytest.mark.parametrize("turn", range(3))
def test_every_test_starts_with_an_empty_migrated_database(database: Database, turn: int) -> None:
    current, newest = revisions(database)
    assert current == newest is not None
    with database.begin() as session:
        for table in Table.metadata.sorted_tables:
            assert session.exec(select(func.count()).select_from(table)).one() == 0, turn
