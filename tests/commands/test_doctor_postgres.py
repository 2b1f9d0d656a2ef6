"""laoyou doctor tells what PostgreSQL would tell only later, or nobody at all."""

import psycopg
import pytest
from sqlalchemy import make_url

from tests.commands.conftest import Laoyou
from tests.conftest import NewUrl
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres


def told(laoyou: Laoyou, url: str) -> list[str]:
    """What is said of the database."""
    said = laoyou("doctor", config=f"database: {url}\n").out
    return [line for line in said.splitlines() if line[2:].startswith("数据库：")]


def test_a_user_who_may_make_no_tables(
    laoyou: Laoyou, new_url: NewUrl, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "right")
    name = make_url(new_url("postgres", migrated=False)).database
    assert name is not None
    writable, empty, rights = told(laoyou, postgres.url(name, user="guest"))
    assert writable.startswith("✓")
    assert "里面还是空的" in empty
    assert rights == "✗ 数据库：这个用户不能建表 → 请把数据库的所有者设为这个用户"


def test_a_system_that_sorts_in_another_way_now(laoyou: Laoyou, new_url: NewUrl) -> None:
    url = new_url("postgres", migrated=True)
    name = make_url(url).database
    assert len(told(laoyou, url)) == 2
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "UPDATE pg_database SET datlocprovider = 'b', datlocale = 'C.UTF-8', "
            "datcollversion = '0' WHERE datname = current_database()"
        )
    _, sorting, newest = told(laoyou, url)
    assert sorting.startswith("✗ 数据库：系统升级后文字的排序变了")
    assert f'REINDEX DATABASE "{name}"' in sorting
    assert newest.startswith("✓")
