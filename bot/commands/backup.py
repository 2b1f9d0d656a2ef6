"""laoyou backup, restore, export and import community: all rows in one file, and back."""

import errno
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.checks import communities
from bot.commands.stored import chosen, opened
from bot.config import Config
from bot.errors import StartError
from bot.opening import open_database
from storage import schema
from storage.archive import reading, writing
from storage.database import Database
from storage.presence import exclusive_use
from storage.queries.traffic import after_restore
from storage.refusals import os_error_reason

_PROOFS = "proofs/"
_UNNAMED = "配置文件里还没有社群 {}：加上它，机器人才会管。"


def backup(config: Config, file: Path) -> int:
    """Everything in one file, also while the bot is running."""
    with opened(config) as database, _disk_errors(file):
        count = writing.write(database, file, now=_now(), extra_files=_proofs(config))
    print(f"备份好了：{count} 行，写在 {file}")
    return 0


def restore(config: Config, file: Path, *, resume: bool) -> int:
    """An empty database becomes what the file holds. StartError."""
    files: list[Path] = []
    with _target(config) as database:
        unpack = partial(_unpack, config, file, files)
        count = reading.restore(database, file, extra=unpack, progress=_print_progress)
        left = None if resume else _drop_unfinished(database)
        unnamed = communities.unconfigured(config, database)
    print(f"恢复好了：{count} 行，{len(files)} 个文件。")
    for one in unnamed:
        print(_UNNAMED.format(one))
    if left:
        print(
            f"备份时还没发出的 {left} 条没有带过来，多半早就发过了；确定没发过，就换一个空数据库，"
            "加上 --resume 再恢复一次。"
        )
    return 0


def export(config: Config, file: Path, *, community: str | None) -> int:
    """One community in a file, to move it to another database."""
    settings = chosen(config, community)
    with opened(config) as database, _disk_errors(file):
        beside = _proofs(config, settings.id)
        count = writing.write(
            database, file, now=_now(), community_id=settings.id, extra_files=beside
        )
    print(f"导出好了：社群 {settings.id}，{count} 行，写在 {file}")
    return 0


def import_community(config: Config, file: Path) -> int:
    """The community of the file comes to those that are here. StartError."""
    with _target(config) as database:
        schema.upgrade(database)
        unpack = partial(_unpack, config, file, [])
        count = reading.restore_community(database, file, extra=unpack, progress=_print_progress)
    said = reading.manifest(file).community
    print(f"导入好了：社群 {said}，{count} 行。")
    if said not in {one.id for one in config.communities}:
        print(_UNNAMED.format(said))
    return 0


def _print_progress(count: int) -> None:
    """Millions of rows take minutes, and all of them are one transaction."""
    print(f"已读 {count:,} 行……", file=sys.stderr, flush=True)


@contextmanager
def _target(config: Config) -> Iterator[Database]:
    """The database to fill; no bot may be at work in it. Raises StartError."""
    try:
        with open_database(config.database_url) as database, exclusive_use(database):
            yield database
    except reading.ArchiveError as error:
        raise StartError(error.text) from error


@contextmanager
def _disk_errors(file: Path) -> Iterator[None]:
    try:
        _refuse_other_files(file)
        yield
    except OSError as error:
        raise StartError(f"写不了 {file}：{os_error_reason(error)}") from error


def _refuse_other_files(file: Path) -> None:
    """Who names what is to be saved, the database, must not lose it. Raises StartError, OSError."""
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if file.exists() and file.stat().st_size and not reading.is_archive(file):
        raise StartError(f"{file} 已经有了，而且不是老友的备份，没有覆盖它：请换一个文件名")


def _drop_unfinished(database: Database) -> int:
    """What waited when the backup was made is not done once more."""
    with database.begin() as session:
        return after_restore.drop_unfinished(session, now=_now())


def _proofs(config: Config, community_id: str = "") -> dict[str, Path]:
    folder = config.proofs_folder
    return {
        f"{_PROOFS}{path.relative_to(folder).as_posix()}": path
        for path in sorted((folder / community_id).rglob("*"))
        if path.is_file()
    }


def _unpack(config: Config, file: Path, files: list[Path]) -> None:
    """The files that lie in the archive, to where this configuration keeps them. StartError."""
    folder = config.proofs_folder
    try:
        with reading.reports_damage(file), zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                target = (folder / name.removeprefix(_PROOFS)).resolve()
                if not name.startswith(_PROOFS) or folder.resolve() not in target.parents:
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
                files.append(target)
    except OSError as error:
        raise StartError(f"写不了 {folder}，没有恢复任何内容：{os_error_reason(error)}") from error


def _now() -> datetime:
    return datetime.now(UTC)
