"""SIGKILL at every step between a message's coming and its answer's being noted as sent."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Database
from storage.schema import newest, revisions, upgrade
from storage.tables import Audit, Inbox, Outbox
from tests.conftest import NewUrl
from tests.faults.dying import MESSAGES, STEPS, Life

pytestmark = pytest.mark.process

Live = Callable[[Life], int]
OTHERS = {"in a migration", "given back"}  # not on the way of every message
TWICE = {"sent", "marked as sent"}  # it was out, and nobody could know


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """Lives a life in a process of its own; gives its exit status."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.dying"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run(life: Life) -> int:
        assert started.stdin is not None
        assert started.stdout is not None
        started.stdin.write(f"{life.model_dump_json()}\n")
        started.stdin.flush()
        return int(started.stdout.readline())

    yield run
    started.communicate()


@pytest.mark.parametrize("step", [step for step in STEPS if step not in OTHERS])
def test_a_death_at_each_step(
    step: str, live: Live, database_kind: str, new_url: NewUrl, tmp_path: Path
) -> None:
    life = Life(url=new_url(database_kind, migrated=True), heard=tmp_path / "heard")
    assert live(life.model_copy(update={"dies": step})) == -signal.SIGKILL
    assert live(life) == 0
    heard = Counter(life.heard.read_text().split())
    assert list(heard) == list(MESSAGES)  # in order
    assert heard == {"零": 1, "一": 2 if step in TWICE else 1, "二": 1}
    with closing(Database(life.url)) as database, database.read() as session:
        assert session.exec(select(Inbox.state)).all() == ["done"] * 3
        assert session.exec(select(Outbox.state)).all() == ["sent"] * 3
        assert len(session.exec(select(Audit).where(Audit.subject == "test")).all()) == 3


def test_a_death_after_something_was_given_back(
    live: Live, database_kind: str, new_url: NewUrl, tmp_path: Path
) -> None:
    url = new_url(database_kind, migrated=True)
    life = Life(url=url, heard=tmp_path / "heard", crowded=True)
    assert live(life.model_copy(update={"dies": "given back", "at": 1})) == -signal.SIGKILL
    assert live(life) == 0
    heard = Counter(life.heard.read_text().split())
    # The other one may just have been on its way.
    assert set(heard) == {"甲", "乙"}
    assert sorted(heard.values()) in ([1, 1], [1, 2])
    with closing(Database(life.url)) as database, database.read() as session:
        assert session.exec(select(Outbox.state)).all() == ["sent"] * 2


@pytest.mark.parametrize("at", [1, 6])
def test_a_death_in_a_migration(at: int, live: Live, database_url: str, tmp_path: Path) -> None:
    life = Life(url=database_url, heard=tmp_path / "heard", dies="in a migration", at=at)
    assert live(life) == -signal.SIGKILL
    with closing(Database(database_url)) as database:
        assert revisions(database)[0] is None
        upgrade(database)
        assert revisions(database)[0] == newest()
