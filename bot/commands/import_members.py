"""laoyou import members: bring in the roster that a community has already."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.analyser_reload import build_analyser
from bot.clock import SystemClock
from bot.commands import roster_report as report
from bot.commands.roster_files import read
from bot.commands.stored import chosen
from bot.communities import groups_of
from bot.config import Config
from bot.errors import StartError
from bot.opening import open_database
from community import roster
from community.settings import Settings
from matching import Analyser
from storage import schema
from storage.database import Database, database_exists
from storage.queries import communities

FAILED = 1
_AT_ONCE = 100  # members analysed in one transaction: a bot that runs meanwhile hardly waits


class _RefusedError(Exception):
    """Something on the roster is wrong, so nothing of it is imported."""

    def __init__(self, problems: Sequence[roster.Problem]) -> None:
        super().__init__()
        self.problems = problems


def import_members(
    config: Config, file: Path, *, community: str | None, dry_run: bool, overwrite: bool
) -> int:
    """Import all rows or none; 0 done, 1 something on the roster is wrong. StartError."""
    settings = chosen(config, community)
    reading = read(file)
    report.remarks(reading)
    try:
        if dry_run or reading.problems:
            report.preview(_planned(config, settings, reading, overwrite))
        else:
            report.summary(_carry_out(config, settings, reading, overwrite))
    except _RefusedError as refused:
        report.problems(refused.problems)
        return FAILED
    return 0


def _planned(
    config: Config, settings: Settings, reading: roster.Reading, overwrite: bool
) -> roster.Plan:
    """What would change, found without changing anything."""
    return _accepted(reading, _known(config.database_url, settings.id), overwrite)


def _known(url: str, community_id: str) -> list[roster.Known]:
    if not database_exists(url):
        return []
    with open_database(url) as database:
        current, newest = schema.revisions(database)
        if current is None:
            return []
        if current != newest:
            raise StartError(schema.mismatch_text(current, newest))
        with database.read() as session:
            return roster.known(session, community_id=community_id)


def _carry_out(
    config: Config, settings: Settings, reading: roster.Reading, overwrite: bool
) -> roster.Plan:
    """All rows in one transaction; then, in small ones, what makes them searchable."""
    analyser = build_analyser(config)
    with open_database(config.database_url) as database:
        schema.upgrade(database)
        now = SystemClock().now()
        with database.begin() as session:
            groups = groups_of(settings)
            communities.ensure(
                session, community_id=settings.id, name=settings.name, groups=groups, now=now
            )
            communities.lock(session, community_id=settings.id)
            known = roster.known(session, community_id=settings.id)
            plan = _accepted(reading, known, overwrite)
            ids = roster.apply(session, community_id=settings.id, plan=plan, now=now)
        if ids:
            _index(database, settings.id, ids, analyser)
        return plan


def _accepted(
    reading: roster.Reading, known: Sequence[roster.Known], overwrite: bool
) -> roster.Plan:
    plan = roster.plan(reading.entries, known, overwrite=overwrite)
    problems = [*reading.problems, *plan.problems]
    if problems:
        raise _RefusedError(problems)
    return plan


def _index(database: Database, community_id: str, ids: Sequence[int], analyser: Analyser) -> None:
    parts = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
    terminal = Console(stderr=True)
    for part in track(
        parts, "正在建立索引", console=terminal, transient=True, disable=not sys.stderr.isatty()
    ):
        with database.begin() as session:
            communities.lock(session, community_id=community_id)
            roster.index(session, community_id=community_id, ids=part, analyser=analyser)
