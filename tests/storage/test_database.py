"""A transaction is all or nothing, and writers wait for each other instead of failing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from storage.database import Database
from storage.queries import communities, counters
from storage.tables import Account, Audit, Community, Counter, Member
from tests.conftest import NewUrl
from tests.postgres_server import PostgresServer
from tests.storage.conftest import NOW


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.exec(select(Community.id)))


def test_a_finished_transaction_stays(filled: Database) -> None:
    assert names(filled) == ["a", "b"]


def test_an_error_takes_back_the_whole_transaction(filled: Database) -> None:
    def fail() -> None:
        with filled.begin() as session:
            session.add(Community(id="c", name="c", created_at=NOW))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(filled) == ["a", "b"]


def test_rows_can_be_read_after_the_transaction(database: Database) -> None:
    with database.begin() as session:
        club = Community(id="a", name="老友记", created_at=NOW)
        session.add(club)
    assert club.name == "老友记"


def test_reading_keeps_nothing(filled: Database) -> None:
    with filled.read() as session:
        session.add(Community(id="c", name="c", created_at=NOW))
        session.flush()
    assert names(filled) == ["a", "b"]


@pytest.mark.parametrize(
    "row",
    [
        Member(community_id="nowhere", id=1, created_at=NOW, updated_at=NOW),
        Account(community_id="a", address="onebot:1", member_id=404),
        Counter(community_id="nowhere", name="post"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_a_row_must_belong_to_something(filled: Database, row: Member | Account | Counter) -> None:
    with pytest.raises(IntegrityError), filled.begin() as session:
        session.add(row.model_copy())


def test_accounts_go_with_their_member(filled: Database) -> None:
    with filled.begin() as session:
        session.add(Member(community_id="a", id=1, created_at=NOW, updated_at=NOW))
        session.flush()
        session.add(Account(community_id="a", address="onebot:1", member_id=1))
    with filled.begin() as session:
        session.delete(session.get_one(Member, ("a", 1)))
    with filled.read() as session:
        assert session.exec(select(Account)).all() == []


def test_writers_in_threads_all_get_their_turn(filled: Database) -> None:
    threads, turns = 8, 12
    together = Barrier(threads)

    def write(_: int) -> None:
        together.wait()
        for _ in range(turns):
            with filled.begin() as session:
                communities.lock(session, community_id="a")
                count = session.exec(select(func.count()).select_from(Audit)).one()
                number = counters.take(session, community_id="a", name="audit")
                assert number == count + 1
                session.add(
                    Audit(
                        community_id="a", id=number, at=NOW, verb="v", subject="post", subject_id=1
                    )
                )

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(write, range(threads)))
    with filled.read() as session:
        assert session.exec(select(func.count()).select_from(Audit)).one() == threads * turns


def test_readers_are_not_held_up_by_a_writer(filled: Database) -> None:
    with filled.begin() as session:
        session.add(Community(id="c", name="c", created_at=NOW))
        session.flush()
        assert names(filled) == ["a", "b"]
    assert names(filled) == ["a", "b", "c"]


def test_what_is_read_is_of_one_moment(filled: Database) -> None:
    """A page that has found somebody finds what belongs to him, whatever happens meanwhile."""
    with filled.read() as session:
        assert session.get(Community, "a") is not None
        with filled.begin() as other:
            other.add(Community(id="c", name="c", created_at=NOW))
            other.delete(other.get_one(Community, "b"))
        assert session.exec(select(func.count()).select_from(Community)).one() == 2
        assert session.get(Community, "b") is not None
    assert names(filled) == ["a", "c"]


def test_who_writes_sees_what_others_have_just_written(filled: Database) -> None:
    """Reading leaves nothing of its kind behind in the connections."""
    for _ in range(2):
        assert names(filled) == ["a", "b"]
        with filled.begin() as session:
            assert session.get(Community, "c") is None
            if not filled.is_sqlite:
                with filled.begin() as other:
                    other.add(Community(id="c", name="c", created_at=NOW))
                assert session.get(Community, "c") is not None
                session.delete(session.get_one(Community, "c"))


def test_two_databases_on_one_url_write_in_turn(filled: Database) -> None:
    other = Database(filled.url)
    pair = (filled, other)

    def write(at: int) -> None:
        with pair[at % 2].begin() as session:
            counters.take(session, community_id="a", name="post")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    other.close()
    with filled.read() as session:
        assert counters.value(session, community_id="a", name="post") == 40


def test_a_probe_leaves_no_trace(database: Database) -> None:
    before = set(inspect(database.engine).get_table_names())
    database.probe()
    database.probe()
    assert set(inspect(database.engine).get_table_names()) == before


@pytest.mark.postgres
def test_a_server_that_vanishes_is_noticed(new_url: NewUrl) -> None:
    url = new_url("postgres", migrated=False)
    for address, patience in ((url, "10"), (f"{url}&connect_timeout=3", "3")):
        database = Database(address)
        with database.engine.connect() as connection:
            settings = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
        database.close()
        assert (settings["connect_timeout"], settings["keepalives_idle"]) == (patience, "30")


@pytest.mark.postgres
def test_a_server_that_writes_dates_as_they_do_elsewhere(
    new_url: NewUrl, postgres: PostgresServer
) -> None:
    url = new_url("postgres", migrated=True)
    postgres.admin(f"ALTER DATABASE \"{make_url(url).database}\" SET DateStyle = 'SQL, DMY'")
    database = Database(url)
    with database.begin() as session:
        session.add(Community(id="a", name="a", created_at=NOW))
    with database.read() as session:
        assert session.exec(select(Community.created_at)).one() == NOW
    database.close()


HOW_SAFE = {
    "sqlite": "PRAGMA synchronous",
    "postgresql": "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'",
}


def test_what_need_not_be_durable_says_so_for_itself_alone(database: Database) -> None:
    look = text(HOW_SAFE[database.engine.dialect.name])
    found: list[object] = []
    for durable in (True, False, True):
        with database.begin(durable=durable) as session:
            found.append(session.execute(look).scalar_one())
    assert found[0] == found[2] != found[1]


def test_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.read() as session:
        assert session.execute(text("PRAGMA secure_delete")).scalar_one() == 1
    database.close()
