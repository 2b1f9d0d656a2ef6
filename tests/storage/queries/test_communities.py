"""Storing what the configuration says."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from storage.database import Database
from storage.queries import communities
from storage.queries.communities import OutOfOrderError
from storage.tables import Community, Group, Seat
from tests.storage.conftest import NOW

GROUPS = ("onebot:1", "onebot:2")


def ensure(database: Database, name: str) -> None:
    with database.begin() as session:
        communities.ensure(session, community_id="club", name=name, groups=GROUPS, now=NOW)


def test_another_name_keeps_what_was_chosen(database: Database) -> None:
    ensure(database, "旧名")
    with database.begin() as session:
        communities.choose(session, community_id="club", values={"greeting": "你好"})
    ensure(database, "新名")
    with database.read() as session:
        club = session.get_one(Community, "club")
        assert (club.name, club.chosen) == ("新名", {"greeting": "你好"})
        assert session.get(Group, ("club", "onebot:2")) is not None


def test_a_group_that_moves_to_another_community(database: Database) -> None:
    ensure(database, "旧社群")
    with database.begin() as session:
        session.get_one(Group, ("club", "onebot:2")).native_id = "房间"
        session.get_one(Group, ("club", "onebot:2")).synced_at = NOW
        session.add(Seat(community_id="club", group_address="onebot:2", account="x", seen_at=NOW))
    with database.begin() as session:
        communities.ensure(session, community_id="new", name="新", groups=["onebot:2"], now=NOW)
    with database.begin() as session:
        session.add(Seat(community_id="new", group_address="onebot:2", account="y", seen_at=NOW))
    with database.read() as session:
        assert session.get(Group, ("club", "onebot:1")) is not None
        assert session.get(Group, ("club", "onebot:2")) is None
        group = session.get_one(Group, ("new", "onebot:2"))
        assert (group.native_id, group.synced_at) == ("房间", None)
        assert session.get(Seat, ("club", "onebot:2", "x")) is None


def test_processes_that_start_at_once(database: Database) -> None:
    gate = Barrier(4)

    def start(number: int) -> None:
        gate.wait()
        ensure(database, f"第 {number} 个")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(start, range(4)))
    with database.read() as session:
        [club] = session.exec(select(Community)).all()
        assert club.name in {f"第 {number} 个" for number in range(4)}
        assert {one.address for one in session.exec(select(Group))} == set(GROUPS)


def test_communities_are_locked_in_one_order(filled: Database) -> None:
    """Of two who want both, none has what the other waits for."""
    with filled.begin() as session:
        for community_id in ("a", "b", "a"):
            communities.lock(session, community_id=community_id)
    with filled.begin() as session:
        communities.lock(session, community_id="b")
        with pytest.raises(OutOfOrderError) as caught:
            communities.lock(session, community_id="a")
    assert caught.value.ids == {"a", "b"}
