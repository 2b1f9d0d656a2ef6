"""Whatever is wrong with a database ends in one sentence that says how to fix it."""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from storage import schema
from storage.database import Database
from storage.errors import DatabaseError, explain
from storage.schema import revisions, upgrade
from storage.tables import Community
from tests.conftest import NewUrl
from tests.postgres_server import PostgresServer

DOORS: list[Callable[[Database], object]] = [Database.probe, upgrade, revisions]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may enter."""
    with tempfile.TemporaryDirectory(prefix="laoyou-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.05)


@contextmanager
def without_rights() -> Iterator[None]:
    """The superuser may write everywhere, so step down for a while."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def refusal(url: str, use: Callable[[Database], object] = Database.probe) -> str:
    with pytest.raises(DatabaseError) as caught:
        with_database(url, use)
    assert caught.value.text == str(caught.value)
    assert "\n" not in caught.value.text
    return caught.value.text


def with_database(url: str, use: Callable[[Database], object]) -> object:
    database = Database(url)
    try:
        return use(database)
    finally:
        database.close()


@pytest.mark.parametrize("use", DOORS)
def test_a_file_that_is_no_database(tmp_path: Path, use: Callable[[Database], object]) -> None:
    (tmp_path / "notes.db").write_text("买菜，遛狗，写代码。" * 200)
    assert "不是 SQLite 数据库" in refusal(f"sqlite:///{tmp_path}/notes.db", use)


@pytest.mark.parametrize("use", DOORS)
def test_a_folder_where_the_file_should_be(
    tmp_path: Path, use: Callable[[Database], object]
) -> None:
    assert "打不开数据库文件" in refusal(f"sqlite:///{tmp_path}", use)


def test_a_damaged_file(migrated_file: Path, tmp_path: Path) -> None:
    whole = migrated_file.read_bytes()
    (tmp_path / "half.db").write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    assert "已损坏" in refusal(f"sqlite:///{tmp_path}/half.db", revisions)


def test_a_read_only_file(migrated_file: Path, folder: Path) -> None:
    (folder / "laoyou.db").write_bytes(migrated_file.read_bytes())
    (folder / "laoyou.db").chmod(0o444)
    folder.chmod(0o777)
    with without_rights():
        assert "只读" in refusal(f"sqlite:///{folder}/laoyou.db")
    folder.chmod(0o755)


def test_a_read_only_folder(migrated_file: Path, folder: Path) -> None:
    (folder / "laoyou.db").write_bytes(migrated_file.read_bytes())
    folder.chmod(0o555)
    with without_rights():
        assert re.search("只读|打不开", refusal(f"sqlite:///{folder}/laoyou.db"))
        assert "打不开数据库文件" in refusal(f"sqlite:///{folder}/new.db")
        assert f"建不了数据库所在的文件夹 {folder}/deep" in refusal(
            f"sqlite:///{folder}/deep/new.db"
        )
    folder.chmod(0o755)


@pytest.mark.parametrize(("use", "migrated"), [(Database.probe, True), (upgrade, False)])
def test_a_file_that_another_program_writes(
    new_url: NewUrl,
    monkeypatch: pytest.MonkeyPatch,
    use: Callable[[Database], object],
    migrated: bool,
) -> None:
    monkeypatch.setattr(schema, "UPGRADE_SECONDS", 0.05)
    url = new_url("sqlite", migrated=migrated)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        assert "被另一个程序锁住" in refusal(url, use)
    with_database(url, use)


@pytest.fixture
def room(new_url: NewUrl) -> str:
    """The name of a database on the server."""
    return str(make_url(new_url("postgres", migrated=True)).database)


@pytest.mark.postgres
@pytest.mark.parametrize("use", DOORS)
def test_postgres_is_not_there(use: Callable[[Database], object]) -> None:
    assert "连不上数据库" in refusal("postgresql+psycopg://u@127.0.0.1:1/laoyou", use)
    assert "连不上数据库" in refusal("postgresql+psycopg://u@/laoyou?host=/nowhere", use)
    assert "找不到数据库主机" in refusal("postgresql+psycopg://u@no.invalid/laoyou", use)


@pytest.mark.parametrize("odd", ["foo=bar", "sslmode=foo", "connect_timeout=x"])
def test_postgres_does_not_know_what_is_asked(odd: str) -> None:
    refused = refusal(f"postgresql+psycopg://u@127.0.0.1:1/laoyou?{odd}")
    assert "“?”后面的写法 PostgreSQL 不认识" in refused


@pytest.mark.postgres
def test_postgres_has_no_such_database_or_user(postgres: PostgresServer, room: str) -> None:
    assert "不存在" in refusal(postgres.url("nothing_here"))
    assert "不存在" in refusal(postgres.url(room, user="stranger"))


@pytest.mark.postgres
def test_postgres_refuses_the_password(postgres: PostgresServer, room: str) -> None:
    assert "密码" in refusal(postgres.url(room, user="guest:wrong"))
    assert "密码" in refusal(postgres.url(room, user="guest"))


@pytest.mark.postgres
def test_postgres_gives_too_few_rights(postgres: PostgresServer, room: str) -> None:
    assert "权限不够" in refusal(postgres.url(room, user="guest:right"), upgrade)


@pytest.mark.postgres
def test_postgres_has_no_free_connection(postgres: PostgresServer, room: str) -> None:
    postgres.admin(f'ALTER DATABASE "{room}" CONNECTION LIMIT 0')
    assert "连接数用完" in refusal(postgres.url(room, user="guest:right"))


@pytest.mark.postgres
def test_postgres_is_read_only(postgres: PostgresServer, room: str) -> None:
    postgres.admin(f'ALTER DATABASE "{room}" SET default_transaction_read_only = on')
    assert "只读" in refusal(postgres.url(room))


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
@pytest.mark.parametrize("use", DOORS)
def test_postgres_cannot_store_chinese(
    postgres: PostgresServer, room: str, encoding: str, use: Callable[[Database], object]
) -> None:
    odd = f"{room}-{encoding}"
    postgres.admin(f'CREATE DATABASE "{odd}" ENCODING {encoding} TEMPLATE template0')
    assert f"数据库的编码是 {encoding}，存不了中文" in refusal(postgres.url(odd), use)
    postgres.drop(odd)


def test_a_database_that_was_never_upgraded(database_url: str) -> None:
    def ask(database: Database) -> None:
        with database.read() as session:
            session.exec(select(Community)).all()

    with pytest.raises(DBAPIError) as caught:
        with_database(database_url, ask)
    assert "laoyou db upgrade" in explain(caught.value).text


def test_anything_else_names_the_kind_of_error_and_no_data(database: Database) -> None:
    def ask(database: Database) -> None:
        with database.read() as session:
            session.connection().execute(text("SELECT '张三的电话' FROM"))

    with pytest.raises(DBAPIError) as caught:
        ask(database)
    said = explain(caught.value).text
    assert said.startswith("数据库出错：")
    assert "张三" not in said
