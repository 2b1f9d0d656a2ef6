"""For all tests: a clock, an analyser, and an empty database, on SQLite and on PostgreSQL."""

import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, settings
from loguru import logger

from bot.process import tune_garbage_collection
from matching import Analyser
from storage.database import Database
from storage.schema import upgrade
from tests.emptying import empty
from tests.fakes import FakeClock
from tests.postgres_server import MEMORY, PostgresServer, in_memory

_SERVER = pytest.StashKey[PostgresServer]()
_LONGEST = {"test_takeover", "test_community", "test_restarts", "test_kill"}


class NewUrl(Protocol):
    """Makes a database of a kind, ``sqlite`` or ``postgres``, and tells where it is."""

    def __call__(self, kind: str, *, migrated: bool) -> str: ...


class OneOfAKind(Protocol):
    """Gives the database of a kind that the tests of one process share, one after the other."""

    def __call__(self, kind: str) -> Database: ...


def pytest_configure(config: pytest.Config) -> None:
    """Give the test run one place for a server, known to all its workers."""
    # Before numpy is loaded: its matrices are small here, and its threads would wait for each
    # other on cores that other workers need.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Nor may the machine's pace fail an example of Hypothesis: usually each has 0.2 s.
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("patient", patient)
    settings.load_profile("patient")
    if hasattr(config, "workerinput"):
        config.stash[_SERVER] = PostgresServer(Path(config.workerinput["postgres"]))
    else:
        config.stash[_SERVER] = PostgresServer(Path(tempfile.mkdtemp(prefix="laoyou-test-")))
        config.stash[_SERVER].claim()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the server is."""
    node.workerinput["postgres"] = str(node.config.stash[_SERVER].directory)


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """More workers than cores: while one waits for a process, another has work for the core."""
    cores = yield
    return cores + (cores + 1) // 2


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that is loaded now is garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Workers begin with what takes long, so that none is left alone with it at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Which of four parts it is in. In each they stay in order: many share a browser."""
    if item.path.stem in _LONGEST:
        return 0
    if item.get_closest_marker("process") or item.get_closest_marker("gateway"):
        return 1
    return 2 if item.get_closest_marker("browser") else 3


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: garbage is not looked for among them again and again, and
    among what comes as rarely as in a bot that runs.
    """
    tune_garbage_collection()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run is over: stop the server."""
    if not hasattr(config, "workerinput"):
        config.stash[_SERVER].stop()


@pytest.fixture
def anyio_backend() -> str:
    """The loop that the bot runs on."""
    return "asyncio"


@pytest.fixture
def clock() -> FakeClock:
    """Stands still until it is turned."""
    return FakeClock()


@pytest.fixture
def _logging_as_before() -> Iterator[None]:
    """What a test does to the log is undone after it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    logger.remove()


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The analyser takes a second to load, and is only read: one for all tests."""
    made = Analyser()
    gc.freeze()  # it stays to the end, too
    return made


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """One loop for all pages: one for each, and its threads, took a third of the time of a page."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> PostgresServer:
    """The running server. It fails, and does not skip, where PostgreSQL cannot run."""
    server = request.config.stash[_SERVER]
    server.start()
    return server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database, to copy."""
    file = tmp_path_factory.mktemp("template") / "laoyou.db"
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    database.close()
    return file


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    """As many databases as a test wants; they are gone after it."""
    made: list[str] = []

    def make(kind: str, *, migrated: bool) -> str:
        name = f"t{uuid4().hex}"
        if kind == "postgres":
            server: PostgresServer = request.getfixturevalue("postgres")
            server.create(name, migrated=migrated)
            made.append(name)
            return server.url(name)
        if migrated:
            shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / f"{name}.db")
        return f"sqlite:///{tmp_path / name}.db"

    yield make
    for name in made:
        request.getfixturevalue("postgres").drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each kind of database."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(database_kind: str, new_url: NewUrl) -> str:
    """A fresh database without any table, for tests of whole processes."""
    return new_url(database_kind, migrated=False)


@pytest.fixture(scope="session")
def _migrated(request: pytest.FixtureRequest) -> Iterator[OneOfAKind]:
    """One migrated database of each kind: statements are compiled once, not in every test."""
    made: dict[str, Database] = {}
    folder = Path(tempfile.mkdtemp(prefix="laoyou-test-", dir=MEMORY if in_memory() else None))

    def get(kind: str) -> Database:
        if kind not in made:
            name = f"shared{uuid4().hex}"
            if kind == "postgres":
                server: PostgresServer = request.getfixturevalue("postgres")
                server.create(name, migrated=True)
                made[kind] = Database(server.url(name))
            else:
                file = folder / f"{name}.db"
                shutil.copy(request.getfixturevalue("migrated_file"), file)
                made[kind] = Database(f"sqlite:///{file}")
        return made[kind]

    yield get
    for database in made.values():
        database.close()
    shutil.rmtree(folder)


@pytest.fixture
def database(database_kind: str, _migrated: OneOfAKind) -> Iterator[Database]:
    """An empty, migrated database. A test that changes its schema wants ``new_url`` instead."""
    database = _migrated(database_kind)
    yield database
    empty(database)
