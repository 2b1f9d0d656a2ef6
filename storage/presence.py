"""Which processes use a database, by locks: PostgreSQL may be shared, SQLite may not.

On PostgreSQL every process has a number of its own, its instance id, and every chat account that is
dialled has one, its lease. Whoever holds the advisory lock with such a number is the one; the lock
ends with the connection, and so with the process. A row of the traffic bears the number under which
somebody has it in hand: when nobody holds that lock any more, the row was left behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import randbelow

from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from storage.errors import DatabaseError, explain_cause

LOCK_CLASS = 4_242_003  # any fixed number: our advisory locks, among those of others
_LARGEST = 2**31

_TAKEN = "另一个老友正在用这个数据库：请先停掉它；几个一起运行要用 PostgreSQL"
_LOCK_HOLDERS = """
    SELECT CAST(objid AS bigint), application_name
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = :kind
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def lease_of(account: str) -> int:
    """The number of a chat account, the same in all processes: odd."""
    return int.from_bytes(sha256(account.encode()).digest()[:4], "big") % _LARGEST | 1


def new_instance_id() -> int:
    """A number for a process: even, so that it is never a lease."""
    return (1 + randbelow(_LARGEST // 2 - 1)) * 2


def is_instance_id(number: int) -> bool:
    """Whether it belongs to a process, and not to a chat account."""
    return number % 2 == 0


def lock_holders(session: Session) -> dict[int, str]:
    """All numbers that somebody holds now, and the name of who does. For PostgreSQL."""
    rows = session.execute(text(_LOCK_HOLDERS), {"kind": LOCK_CLASS})
    return {int(number): str(name or "") for number, name in rows}


def is_running(database: Database) -> bool:
    """Whether a bot runs on it now. Raises DBAPIError."""
    if database.is_sqlite:
        return _is_locked(Path(f"{database.engine.url.database}-running"))
    with database.read() as session:
        return any(is_instance_id(number) for number in lock_holders(session))


def _is_locked(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        uri = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, timeout=0, uri=True)) as lock:
            lock.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.Error as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    return False


@contextmanager
def exclusive_use(database: Database) -> Iterator[None]:
    """Keep a second bot away from a SQLite file: it would repeat what the first is sending.

    A file beside it is locked, and free again when the process ends, however it ends. Imports and
    backups are welcome meanwhile. Raises DatabaseError.
    """
    file = database.engine.url.database
    if not database.is_sqlite or not file or file == ":memory:":
        yield
        return
    try:
        lock = sqlite3.connect(f"{file}-running", timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise explain_cause(error) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            taken = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            raise (DatabaseError(_TAKEN) if taken else explain_cause(error)) from error
        yield
