"""The database: reachable, writable, up to date, and nobody else's business."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.checks import anonymity, communities
from bot.config import Config
from bot.disk import least_free
from bot.finding import Finding
from storage.database import Database, database_exists
from storage.errors import DatabaseError
from storage.queries.traffic import inbox
from storage.refusals import os_error_reason
from storage.schema import is_newer, mismatch_text, revisions
from storage.server_state import may_create_tables, sorts_differently

# laoyou backup of this version writes no database of an older one.
_OLD = (
    "先备份：用升级前的程序，或停掉老友、复制一份数据库文件（PostgreSQL 用 pg_dump）；"
    "再运行 laoyou db upgrade"
)
CONNECT_SECONDS = "5"  # libpq would wait for minutes


def check(config: Config) -> tuple[list[Finding], datetime | None]:
    """The findings, and the time of the newest row."""
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite":
        patient = url.update_query_dict({"connect_timeout": CONNECT_SECONDS, **url.query})
        where = f"{url.host or '本机'}/{url.database}"
        return _open(config, patient.render_as_string(hide_password=False), f"PostgreSQL {where}")
    file = Path(url.database or "")
    if not database_exists(config.database_url):
        return [_folder(file), *_free_space(file)], None
    found, newest = _open(config, config.database_url, str(file))
    return [*found, *_permissions(file), *_free_space(file)], newest


def _open(config: Config, url: str, name: str) -> tuple[list[Finding], datetime | None]:
    try:
        with closing(Database(url)) as database:
            database.probe()
            found = [Finding(ok=True, text=f"数据库：{name} 可以读写"), *_server(database)]
            current, newest = revisions(database)
            structure = _structure(current, newest)
            if not structure.ok:
                return [*found, structure, *_rights(database, current, newest)], None
            found += [structure, *communities.check(config, database)]
            found += anonymity.check(config, database)
            return found, _newest(database)
    except DatabaseError as error:
        return [Finding.wrong(error.text, about=f"数据库：{name}，")], None


def _server(database: Database) -> Iterator[Finding]:
    """What an upgrade of the system did to the order of texts, and so to indexes."""
    if not database.is_sqlite and sorts_differently(database):
        name = database.engine.url.database
        text = "数据库：系统升级后文字的排序变了，原来的索引可能查不到、可能记重"
        fix = (
            f'停掉老友，以所有者运行 REINDEX DATABASE "{name}"; '
            f'和 ALTER DATABASE "{name}" REFRESH COLLATION VERSION;'
        )
        yield Finding(ok=False, text=text, fix=fix)


def _rights(database: Database, current: str | None, newest: str) -> Iterator[Finding]:
    """Who may read and write may still not make the tables that are missing."""
    if not database.is_sqlite and not is_newer(current, newest) and not may_create_tables(database):
        yield Finding(
            ok=False, text="数据库：这个用户不能建表", fix="请把数据库的所有者设为这个用户"
        )


def _structure(current: str | None, newest: str) -> Finding:
    if current == newest:
        return Finding(ok=True, text=f"数据库：结构是最新的（{newest}）")
    if current is None:
        text = f"数据库：里面还是空的，这个版本要 {newest}"
        return Finding(ok=False, text=text, fix="启动或运行 laoyou db upgrade 时会建好")
    if is_newer(current, newest):
        return Finding.wrong(mismatch_text(current, newest))
    text = f"数据库：结构是 {current}，这个版本要 {newest}"
    return Finding(ok=False, text=text, fix=_OLD)


def _newest(database: Database) -> datetime | None:
    with database.read() as session:
        return inbox.latest(session)


def _folder(file: Path) -> Finding:
    folder = _nearest(file)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding(ok=True, text=f"数据库：{file} 还没有，启动时会建好")
    except OSError as error:
        text = f"数据库：{file} 还没有，而文件夹 {folder} 不能写（{os_error_reason(error)}）"
        return Finding(ok=False, text=text, fix="换一个文件夹，或给它写权限")


def _free_space(file: Path) -> Iterator[Finding]:
    """A disk without room lets through what is tried on an open file, and no message."""
    try:
        folder = _nearest(file)
        total, _, free = shutil.disk_usage(folder)
    except OSError:  # whatever this is, it is told as trouble of the database
        return
    if free < least_free(total):
        text = f"磁盘：{folder} 所在的磁盘只剩 {free // 2**20} MB，满了之后什么都记不下来"
        yield Finding(ok=False, text=text, fix="腾出空间：旧备份、旧日志、别的程序的文件")


def _nearest(file: Path) -> Path:
    """The folder that is there already."""
    return next(parent for parent in file.parents if parent.exists())


def _permissions(file: Path) -> Iterator[Finding]:
    if os.name != "posix" or not os.path.isfile(file):  # or it cannot be seen, which is told
        return
    mode = file.stat().st_mode & 0o777
    if mode & 0o077:
        text = f"数据库：{file} 的权限是 {mode:o}，这台机器上的其他用户也能读到成员资料"
        yield Finding(ok=False, text=text, fix=f"chmod 600 {file}")
    else:
        yield Finding(ok=True, text=f"数据库：只有自己能读（权限 {mode:o}）")
