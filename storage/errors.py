"""What can be wrong with a database, told so that an operator can mend it."""

import re
import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class DatabaseError(Exception):
    """The database cannot be used; the text says why and what to do, in the operator's language."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


ODD_ENCODING = (
    "数据库的编码是 {encoding}，存不了中文："
    "请用 createdb --encoding UTF8 --locale C --template template0 重新建库"
)
_READ_ONLY = "数据库是只读的：请检查数据库和所在文件夹的写权限"
_BUSY = "数据库被另一个程序锁住了：请关掉正在使用它的程序再试"
_FULL = "磁盘满了：请腾出空间再试"
_DAMAGED = "数据库文件已损坏：请从备份恢复"
_OUTDATED = "数据库里缺少表或列：请先运行 laoyou db upgrade"
_CROWDED = "数据库的连接数用完了：请关掉别的程序，或调大 PostgreSQL 的 max_connections"
_STOPPED = "数据库正在启动或关闭：请稍后再试"
_CROSSED = "和另一个程序同时改了同样的数据，这一次没有做：请再试一次"

_CODES = {  # SQLite's names and PostgreSQL's SQLSTATE
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": "这个文件不是 SQLite 数据库：请检查 database 一项",
    "SQLITE_CANTOPEN": "打不开数据库文件：请检查文件夹是否存在、当前用户能否读写",
    "SQLITE_IOERR": "读写数据库文件时出错：请检查磁盘，是不是满了",
    "25006": "数据库是只读的：请连到主库，并去掉 default_transaction_read_only",
    "40001": _CROSSED,
    "40P01": _CROSSED,
    "42501": "数据库用户的权限不够：请把数据库的所有者设为这个用户",
    "42P01": _OUTDATED,
    "42703": _OUTDATED,
    "53100": _FULL,
    "53300": _CROWDED,
    "55P03": _BUSY,
    "57P01": _STOPPED,
    "57P03": _STOPPED,
    "XX001": _DAMAGED,
}
_SIGNS = (  # a connection that fails has no code; the server may speak Chinese
    (("no such table", "no such column"), _OUTDATED),
    (("resolve host", "translate host"), "找不到数据库主机：请检查 database 一项里的地址"),
    (("too many", "connection slots", "过多", "连接槽"), _CROWDED),
    (("starting up", "shutting down", "正在启动", "正在关闭"), _STOPPED),
    (
        ("invalid connection option", "invalid sslmode", "invalid integer", "connect_timeout"),
        "database 一项里“?”后面的写法 PostgreSQL 不认识：请改好或去掉",
    ),
    (
        ("does not support ssl", "certificate"),
        "和数据库的加密连接没有建成：请检查 database 一项里的 sslmode 和证书",
    ),
    (("pg_hba.conf",), "数据库不接受来自这台机器的连接：请检查 PostgreSQL 的 pg_hba.conf"),
    (
        ("password", "authentication", "认证"),
        "数据库不接受这个用户名或密码：请检查 database 一项",
    ),
    (("does not exist", "不存在"), "数据库或用户不存在：请先在 PostgreSQL 里建好"),
    (("connection", "server"), "连不上数据库：请检查它是否在运行、地址和端口是否正确"),
)
_NAMES = re.compile(r'"[^"]*"')  # a user called "locked" says nothing about the trouble


def explain(error: DBAPIError) -> DatabaseError:
    """The trouble behind an error of the driver, in one sentence."""
    return explain_cause(error.orig)


def explain_cause(cause: BaseException | None) -> DatabaseError:
    """The same of what the driver itself raised."""
    known = _CODES.get(_code(cause))
    if known:
        return DatabaseError(known)
    said = _NAMES.sub("", str(cause)).lower()
    for signs, text in _SIGNS:
        if any(sign in said for sign in signs):
            return DatabaseError(text)
    return DatabaseError(f"数据库出错：{type(cause).__name__}")


def _code(cause: BaseException | None) -> str:
    """SQLITE_READONLY also for its kinds, such as SQLITE_READONLY_DIRECTORY."""
    name = getattr(cause, "sqlite_errorname", None)
    return "_".join(name.split("_")[:2]) if name else getattr(cause, "sqlstate", None) or ""


_AWAY_SQLITE = frozenset(
    f"SQLITE_{name}"
    for name in (
        "BUSY", "CANTOPEN", "CORRUPT", "FULL", "IOERR", "LOCKED", "NOMEM", "NOTADB", "PERM",
        "PROTOCOL", "READONLY",
    )
)  # fmt: skip
_CONFLICT = "40"  # class of SQLSTATE
_AWAY_CLASSES = ("08", "28", "3D", _CONFLICT, "53", "55", "57", "58", "F0", "XX")
_AWAY_STATES = frozenset({"25006", "25P03", "42501"})
_TOO_SLOW = "57014"  # a time limit: the same statement would reach it again


def is_conflict(error: Exception) -> bool:
    """Whether the transaction was undone for the sake of another one: it may begin anew at once."""
    return isinstance(error, DBAPIError) and _code(error.orig).startswith(_CONFLICT)


def is_away(error: Exception) -> bool:
    """Whether the trouble lies with the database and not with the work: it may succeed later."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = _code(error.orig)
    if not code:
        # Without a code: a connection that failed. SQLite says so of nothing but wrong use.
        lost = isinstance(error, OperationalError | InterfaceError)
        return lost and not isinstance(error.orig, sqlite3.Error)
    if code.startswith("SQLITE_"):
        return code in _AWAY_SQLITE
    return code != _TOO_SLOW and (code[:2] in _AWAY_CLASSES or code in _AWAY_STATES)
