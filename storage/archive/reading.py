"""Reading an archive into a database: all of it in one transaction, or nothing."""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, column, insert, table, text
from sqlalchemy.exc import StatementError

from storage.archive.cells import type_of, unpack
from storage.archive.writing import FORMAT
from storage.database import Database
from storage.errors import is_away
from storage.migrating import migrate
from storage.refusals import os_error_reason
from storage.schema import newest, revisions, schema_change

ROWS, MANIFEST = "rows.jsonl", "manifest.json"
_AT_ONCE = 500
STEP = 100_000  # rows between two words about how far it is
_COUNTED: Final = ("inbox", "outbox")  # the database itself gives their ids
# What a disk, a copy that was cut off, or somebody's editor makes of an archive.
_DAMAGES: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, LookupError, TypeError, ValueError,
    OverflowError,
)  # fmt: skip
_NO_ARCHIVE = "{file} 不是老友的备份，或者已经损坏"
_DAMAGED = "{file} 已经损坏，没有恢复任何内容"

Columns = Mapping[str, str]
"""Kind of each column, by name."""
Progress = Callable[[int], None]
"""Hears of each ``STEP`` rows how many have been read."""


class ArchiveError(Exception):
    """The archive cannot be taken over; the text says why, in the operator's language."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself."""

    structure: str
    written: str
    community: str | None  # None: a whole database
    tables: Mapping[str, Columns]


@contextmanager
def reports_damage(file: Path, words: str = _DAMAGED) -> Iterator[None]:
    """Turn whatever a damaged archive leads to into an ArchiveError with these words. Errors of the
    disk and the database pass.
    """
    try:
        yield
    except _DAMAGES as error:
        raise ArchiveError(words.format(file=file)) from error
    except StatementError as error:
        if is_away(error):
            raise
        raise ArchiveError(words.format(file=file)) from error


def is_archive(file: Path) -> bool:
    """Whether it is one of ours, of whatever version. Raises OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return MANIFEST in archive.namelist()
    except _DAMAGES:
        return False


def manifest(file: Path) -> Manifest:
    """What the archive says of itself. Raises ArchiveError."""
    try:
        with reports_damage(file, _NO_ARCHIVE), zipfile.ZipFile(file) as archive:
            said = json.loads(archive.read(MANIFEST))
            if said["laoyou"] > FORMAT or said["structure"] > newest():
                raise ArchiveError(f"{file} 是更新的老友写的：请先升级这边的程序")
            structure, community = said["structure"], said["community"]
            "".join([structure, "" if community is None else community]).encode()
            return Manifest(structure, said["written"], community, dict(said["tables"]))
    except OSError as error:
        raise ArchiveError(f"读不了 {file}：{os_error_reason(error)}") from error


def _no_progress(_count: int) -> None:
    """Report no progress."""


def restore(
    database: Database,
    file: Path,
    *,
    extra: Callable[[], None] | None = None,
    progress: Progress = _no_progress,
) -> int:
    """Fill an empty database with the archive; gives the number of rows.

    An archive of an older structure is brought to the present one. ``extra`` is what else has to
    work out. Raises ArchiveError, and whatever the database or ``extra`` raises; nothing is
    changed then.
    """
    said = manifest(file)
    if said.community is not None:
        raise ArchiveError(f"{file} 只有社群 {said.community}：用 laoyou import community 导入")
    current, _ = revisions(database)
    with schema_change(database) as connection:
        if current is None:
            migrate(connection, to=said.structure)
        elif _is_used(connection):
            raise ArchiveError("这个数据库里已经有内容了：请换一个空的再恢复")
        elif current != said.structure:
            raise ArchiveError("这个空数据库的结构和备份不同：请换一个还没建过表的")
        count = _fill(connection, said, file, progress, renumber=False)
        if _has_broken_references(connection):
            raise ArchiveError(_DAMAGED.format(file=file))
        if said.structure != newest():
            migrate(connection)
        if extra is not None:
            extra()
    return count


def restore_community(
    database: Database,
    file: Path,
    *,
    extra: Callable[[], None] | None = None,
    progress: Progress = _no_progress,
) -> int:
    """Add the one community of the archive to those that are there; gives the number of rows.

    Raises ArchiveError, and whatever the database or ``extra`` raises; nothing is changed then.
    """
    said = manifest(file)
    if said.community is None:
        raise ArchiveError(f"{file} 是整个数据库的备份：用 laoyou restore 恢复")
    if said.structure != newest():
        raise ArchiveError(f"{file} 是旧结构 {said.structure} 的：请先用新程序在那边重新导出")
    with database.engine.execution_options(immediate=True).begin() as connection:
        _delete_if_empty(connection, said.community)
        count = _fill(connection, said, file, progress, renumber=True)
        if extra is not None:
            extra()
    return count


def _is_used(connection: Connection) -> bool:
    return connection.execute(text("SELECT 1 FROM community LIMIT 1")).first() is not None


def _has_broken_references(connection: Connection) -> bool:
    """Some row refers to one that is not there. PostgreSQL would have refused it."""
    if connection.dialect.name != "sqlite":
        return False
    return connection.execute(text("PRAGMA foreign_key_check")).first() is not None


def _delete_if_empty(connection: Connection, community_id: str) -> None:
    """A bot that was started stores its communities at once: such an empty one gives way."""
    for name in ("member", "post", "application"):
        used = text(f"SELECT 1 FROM {name} WHERE community_id = :id LIMIT 1")
        if connection.execute(used, {"id": community_id}).first() is not None:
            raise ArchiveError(f"这边已经有社群 {community_id} 的内容了，没有导入")
    for name in ("chat_group", "chore", "counter"):
        connection.execute(
            text(f"DELETE FROM {name} WHERE community_id = :id"), {"id": community_id}
        )
    connection.execute(text("DELETE FROM community WHERE id = :id"), {"id": community_id})


def _fill(
    connection: Connection, said: Manifest, file: Path, progress: Progress, *, renumber: bool
) -> int:
    with reports_damage(file), zipfile.ZipFile(file) as archive, archive.open(ROWS) as lines:
        count = _insert(connection, said.tables, _with_progress(lines, progress), renumber=renumber)
    if connection.dialect.name == "postgresql":
        _advance_sequences(connection)
    return count


def _with_progress(lines: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    for count, line in enumerate(lines, 1):
        yield line
        if not count % STEP:
            progress(count)


def _insert(
    connection: Connection, tables: Mapping[str, Columns], lines: Iterable[bytes], *, renumber: bool
) -> int:
    """Raises ValueError when the end is missing."""
    count, promised = 0, -1
    for name, rows in groupby((json.loads(line) for line in lines), key=lambda row: row[0]):
        if not name:
            promised = next(rows)[1]
            break
        kinds = dict(tables[name])
        into = insert(table(name, *(column(one, type_of(kinds[one])) for one in kinds)))
        for cells in _batches(cells for _, cells in rows):
            values = [_row(kinds, one) for one in cells]
            if renumber and name in _COUNTED:
                for value in values:
                    del value["id"]
            connection.execute(into, values)
            count += len(values)
    if count != promised:
        raise ValueError("the end is missing")
    return count


def _row(kinds: Columns, cells: list[Any]) -> dict[str, Any]:
    named = zip(kinds.items(), cells, strict=True)
    return {name: unpack(kind, value) for (name, kind), value in named}


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _advance_sequences(connection: Connection) -> None:
    """The next id comes after those that were brought along."""
    for name in _COUNTED:
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "
                f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {name}), false)"
            )
        )
