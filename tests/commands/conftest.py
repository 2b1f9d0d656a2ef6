"""Running the command line in an empty folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import analyser_reload
from bot.checks import machine
from bot.cli import main
from matching import Analyser
from matching.concepts import Lexicon
from storage import database, migrating, schema
from tests.new_schema import quick_migrate


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str


Laoyou = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LAOYOU_LOG", raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def _loaded_once(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The analyser without an operator's words takes most of a second to load, and is only read."""

    def known(lexicon: Lexicon | None = None) -> Analyser:
        return analyser if lexicon is None else Analyser(lexicon=lexicon)

    for module in (analyser_reload, machine):
        monkeypatch.setattr(module, "Analyser", known)


@pytest.fixture(autouse=True)
def _migrations(migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most commands begin with a database that is to be made; how, is told by test_database."""
    monkeypatch.setattr(migrating, "migrate", quick_migrate(migrated_file))


@pytest.fixture
def laoyou(folder: Path, capsys: pytest.CaptureFixture[str], _logging_as_before: None) -> Laoyou:
    """Run ``laoyou`` with arguments; ``config`` becomes config.yaml first."""

    def call(*arguments: str, config: str | None = None) -> Outcome:
        if config is not None:
            (folder / "config.yaml").write_text(config, encoding="utf-8")
        capsys.readouterr()
        status = main(arguments)
        return Outcome(status, *capsys.readouterr())

    return call


@pytest.fixture
def quick_to_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait seconds for a lock that will stay."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(schema, "UPGRADE_SECONDS", 0.05)
