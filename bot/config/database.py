"""The database URL: which kinds are known, and where a relative file lies."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_EXPECTED = "应为 sqlite:///data/laoyou.db 或 postgresql+psycopg://用户@主机/库名 的样子"
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


def resolved(text: str, folder: Path) -> str:
    """The URL with its file absolute and its driver named. A ValueError says what was expected."""
    url = _parsed(text)
    if url.drivername in _POSTGRESQL:
        if not url.database:
            raise ValueError(f"没有写库名，{_EXPECTED}")
        if "@" in (url.host or ""):  # half of the password, which would be shown as the host
            raise ValueError("的用户名或密码里有 @，要写成 %40")
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise ValueError(_EXPECTED)
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise ValueError("应写明数据库文件，例如 sqlite:///data/laoyou.db")
    if url.host:
        raise ValueError(f"的 sqlite: 后面应有三个斜杠，例如 sqlite:///{url.host}/{url.database}")
    file = folder / Path(url.database).expanduser()
    return url.set(drivername="sqlite", database=str(file)).render_as_string(hide_password=False)


def _parsed(text: str) -> URL:
    try:
        return make_url(text)
    except (ArgumentError, ValueError):  # ValueError: the port is no number
        raise ValueError(_EXPECTED) from None
