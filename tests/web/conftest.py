"""Pages are tried on SQLite: what they ask the database for has tests of its own on both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from matching import Analyser
from storage.database import Database
from storage.tables import Member
from tests.web.world import OWNER, World

NewWorld = Callable[..., World]


@pytest.fixture
def database_kind() -> str:
    """One kind is enough here."""
    return "sqlite"


@pytest.fixture
def new_world(
    database: Database, analyser: Analyser, tmp_path: Path, portal: BlockingPortal
) -> Iterator[NewWorld]:
    """Worlds with rules of their own; no page of them may fail by a fault of ours."""
    made: list[World] = []

    def make(**rules: Any) -> World:
        made.append(World(database, analyser, tmp_path / "proofs", portal, **rules))
        return made[-1]

    yield make
    assert [error for world in made for error in world.faults] == []


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """A world with the rules of every day."""
    return new_world()


@pytest.fixture
def owner(world: World) -> Member:
    """Who decides about those who apply."""
    return world.member(OWNER)
