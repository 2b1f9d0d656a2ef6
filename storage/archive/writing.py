"""Writing an archive from one snapshot of the database, while others go on working."""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Select, select
from sqlalchemy import Table as SqlTable

from storage.archive.cells import kind_of, pack
from storage.database import Database
from storage.schema import revisions
from storage.tables import Table

FORMAT = 1
_AT_ONCE = 500


def write(
    database: Database,
    file: Path,
    *,
    now: datetime,
    community_id: str | None = None,
    extra_files: Mapping[str, Path] | None = None,
) -> int:
    """Write the archive; gives the number of rows.

    With ``community_id`` only what belongs to that community. ``extra_files`` are further files by
    their names in the archive; one that is gone meanwhile is left out. The file is there only when
    it is complete. Raises OSError.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            with _snapshot(database) as connection:
                manifest = _manifest(database, now, community_id)
                archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False))
                with archive.open("rows.jsonl", "w", force_zip64=True) as rows:
                    count = _write_rows(rows, connection, community_id)
            for name, path in (extra_files or {}).items():
                if path.is_file():
                    archive.write(path, name)
        _flush_to_disk(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


def tables(community_id: str | None) -> list[SqlTable]:
    """The tables that go in, those that others refer to first."""
    held = [table for table in Table.metadata.sorted_tables if table.name != "alembic_version"]
    if community_id is None:
        return held
    return [table for table in held if table.name == "community" or "community_id" in table.c]


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """A connection with a snapshot of the database as it is now, until it is closed."""
    engine = database.engine
    if not database.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def _manifest(database: Database, now: datetime, community_id: str | None) -> dict[str, Any]:
    return {
        "laoyou": FORMAT,
        "structure": revisions(database)[1],
        "written": now.isoformat(),
        "community": community_id,
        "tables": {
            table.name: {column.name: kind_of(column.type) for column in table.columns}
            for table in tables(community_id)
        },
    }


def _write_rows(rows: IO[bytes], connection: Connection, community_id: str | None) -> int:
    count = 0
    for table in tables(community_id):
        kinds = [kind_of(column.type) for column in table.columns]
        found = connection.execution_options(yield_per=_AT_ONCE).execute(
            _chosen(table, community_id)
        )
        for row in found:
            cells = [pack(kind, value) for kind, value in zip(kinds, row, strict=True)]
            rows.write(_line([table.name, cells]))
            count += 1
    rows.write(_line(["", count]))
    return count


def _chosen(table: SqlTable, community_id: str | None) -> Select[Any]:
    statement = select(*table.columns).order_by(*table.primary_key.columns)
    if community_id is None:
        return statement
    column = table.c.id if table.name == "community" else table.c.community_id
    return statement.where(column == community_id)


def _line(value: list[Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _flush_to_disk(part: Path) -> None:
    """Flush the file to the disk before the old one of that name is replaced."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
