"""Poolers between us and PostgreSQL: one by the transaction takes our locks and LISTEN away.

Locks would stay with a connection of the pooler, and go on counting when their process is dead.
"""

from sqlalchemy import Connection, Engine

from storage.errors import DatabaseError

_SHARED = (
    "数据库前面的连接池每个事务换一条连接，锁和通知会丢："
    "请改成会话模式（PgBouncer：pool_mode = session），或直接连 PostgreSQL"
)
_BACKEND = "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"


def refuse_shared_connections(engine: Engine) -> None:
    """Raises DatabaseError unless each connection keeps a process of the server for itself."""
    with engine.connect() as one, engine.connect() as other:
        # Twice: a pooler that takes its connections in turn gives each of ours another one then.
        seen = [(_backend(one), _backend(other)) for _ in range(2)]
    if seen[0] != seen[1] or seen[0][0] == seen[0][1]:
        raise DatabaseError(_SHARED)


def _backend(connection: Connection) -> tuple[object, ...]:
    found = connection.exec_driver_sql(_BACKEND).one()
    connection.rollback()  # where the transaction ends, such a pooler takes its connection back
    return tuple(found)
