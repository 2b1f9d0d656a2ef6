"""Opening a database: SQLite and PostgreSQL behind one small object."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from pydantic_core import from_json, to_json
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage import sqlite_connection
from storage.errors import ODD_ENCODING, DatabaseError, explain
from storage.notify import notify_lanes
from storage.pooler import refuse_shared_connections
from storage.refusals import may_exist

BUSY_SECONDS = 5
_CACHED_STATEMENTS = 1_000  # statements that SQLite need not read again, for each connection
_HELD = "held"
SERVER_KEEPALIVES = """
    SET tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
    SET tcp_user_timeout = 10000
"""  # for the server: after 4 s of silence it asks three times, and gives up after 10 s
_CONNECT_OPTIONS = {  # for libpq, which would wait for hours for a server that is gone
    "client_encoding": "utf8",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}


def _to_json(value: Any) -> str:
    return to_json(value).decode()


_COMMON: Final[Mapping[str, Any]] = {
    "hide_parameters": True,
    "json_serializer": _to_json,
    "json_deserializer": from_json,  # analyses are most of what is read; it is thrice as fast
}


class Database:
    """One database, shared by the threads of a process.

    SQLite has one writer at a time: writes queue at a lock of our own, which wakes at once, and
    take SQLite's write lock from the start, so that no transaction fails half-way. It is not fair:
    who writes again and again has to leave others a moment between.
    """

    def __init__(self, url: str) -> None:
        """Connects only when it is used. Raises DatabaseError when its folder cannot be made."""
        self.url = url
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._write_lock = threading.RLock() if self.is_sqlite else nullcontext()
        self._readers = _sessions(
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._writers = _sessions(self.engine.execution_options(immediate=True))
        self._nondurable_writers = _sessions(
            self.engine.execution_options(immediate=True, durable=False)
        )
        # Whether this process itself sends to a lane.
        self.serves: Callable[[str], bool] = serves_nothing

    @contextmanager
    def begin(self, *, durable: bool = True) -> Iterator[Session]:
        """One writing transaction: committed at the end, rolled back on any error.

        One that is not ``durable`` survives the process, but not a failure of the machine (on
        PostgreSQL: of the server) that comes before something durable is committed.
        """
        sessions = self._writers if durable else self._nondurable_writers
        with self._write_lock, sessions() as session, session.begin():
            if not durable and not self.is_sqlite:
                session.connection().exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield session
            if not self.is_sqlite:
                notify_lanes(session, is_local=self.serves)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A look at the data as it is at one moment; nothing is written."""
        with self._readers() as session:
            yield session

    def probe(self) -> None:
        """Write something and take it back. Raises DatabaseError when that cannot be done, or when
        the connections of PostgreSQL are not our own.
        """
        # SQLite lets temporary tables be made even where the file itself is read-only.
        kind = "TABLE" if self.is_sqlite else "TEMPORARY TABLE"
        engine = self.engine.execution_options(immediate=True)
        try:
            with self._write_lock, engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE {kind} laoyou_probe (x INTEGER)")
                connection.rollback()
            if not self.is_sqlite:
                refuse_shared_connections(self.engine)
        except DBAPIError as error:
            raise explain(error) from error

    def read_revision(self) -> str:
        """Read something, the number of the newest migration. Raises what the driver raises."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
            return str(found.scalar_one())

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def database_exists(url: str) -> bool:
    """Whether there is something to open: opening a SQLite file that is not there would make it.

    Where nobody may look, whoever opens it tells what is wrong.
    """
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or may_exist(Path(parsed.database or ""))


def serves_nothing(_lane: str) -> bool:
    """What a process serves that sends nothing."""
    return False


def _engine(url: str) -> Engine:
    """Errors of the engine never show what was to be stored: it is about members."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        patient = parsed.update_query_dict({**_CONNECT_OPTIONS, **parsed.query})
        engine = create_engine(patient, pool_pre_ping=True, pool_size=8, **_COMMON)
        event.listen(engine, "connect", _set_up_postgres)
        return engine
    if parsed.database and not parsed.database.startswith("file:"):
        _make_folder(Path(parsed.database).parent)
    known = {"timeout": BUSY_SECONDS, "cached_statements": _CACHED_STATEMENTS}
    # The connection that was used last knows most of what it is asked.
    engine = create_engine(parsed, connect_args=known, pool_use_lifo=True, **_COMMON)
    event.listen(engine, "connect", sqlite_connection.set_up)
    event.listen(engine, "begin", sqlite_connection.begin)
    return engine


def _sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that look each row up once: they hold on to what they have loaded."""
    maker = sessionmaker(engine, class_=Session, expire_on_commit=False)
    event.listen(maker, "loaded_as_persistent", _hold)
    return maker


def _hold(session: Session, row: object) -> None:
    session.info.setdefault(_HELD, []).append(row)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"建不了数据库所在的文件夹 {folder}：请检查路径和写权限") from error


def _set_up_postgres(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """A machine that vanishes must not keep its locks for the two hours that are usual.

    Raises DatabaseError where Chinese could not be stored.
    """
    try:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise DatabaseError(ODD_ENCODING.format(encoding=encoding))
        connection.execute(SERVER_KEEPALIVES)
        connection.execute("SET DateStyle = ISO")  # of no other can the driver read a moment
        connection.commit()
    except BaseException:
        connection.close()  # nobody else would
        raise
