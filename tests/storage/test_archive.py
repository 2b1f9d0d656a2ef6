"""A database in a file, and the same in another database of either kind, row by row."""

import json
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from community.members.people import get_or_create_member
from community.posts.publishing import publish
from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.archive import reading, writing
from storage.archive.reading import ArchiveError
from storage.database import Database
from storage.queries import communities
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received
from storage.schema import newest
from storage.tables import Table
from tests.fakes import START
from tests.storage.conftest import OTHER, NewDatabase
from tests.storage.rows import rows_of


@pytest.fixture
def lived(database: Database, analyser: Analyser) -> Database:
    """Two communities in which something has happened."""
    for id_ in ("renren", "other"):
        settings = Settings(id=id_, name=f"社群 {id_}")
        with database.begin() as session:
            communities.ensure(
                session, community_id=id_, name=settings.name, groups=(f"onebot:{id_}",), now=START
            )
            communities.lock(session, community_id=id_)
            scene = Scene(session, settings, analyser, START, via=f"onebot:{id_}")
            says(scene, "小明", "想找一位懂跨境电商的合伙人😀")
            says(scene, "小红", "亚马逊代运营，'; DROP TABLE post; --", kind="offer")
    with database.begin() as session:
        row = Received(
            channel="onebot:1", key="k", lane="onebot:renren", update="{}", sent_at=START,
            received_at=START,
        )  # fmt: skip
        inbox.add(session, rows=[row])
    return database


def says(scene: Scene, who: str, text: str, kind: str = "need") -> None:
    author = get_or_create_member(scene, account=f"onebot:{who}", name=who)
    publish(scene, author=author, kind=kind, text=text)


def test_to_the_other_kind_and_back(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    before = rows_of(lived)
    assert sum(map(len, before.values())) > 30
    there, back = new_database(OTHER[database_kind]), new_database(database_kind)
    count = writing.write(lived, tmp_path / "one.zip", now=START)
    assert count == sum(map(len, before.values()))
    assert reading.restore(there, tmp_path / "one.zip") == count
    assert rows_of(there) == before
    writing.write(there, tmp_path / "two.zip", now=START)
    reading.restore(back, tmp_path / "two.zip")
    assert rows_of(back) == before


def test_how_far_a_restore_is(
    lived: Database,
    database_kind: str,
    new_database: NewDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "STEP", 10)
    count = writing.write(lived, tmp_path / "one.zip", now=START)
    told: list[int] = []
    reading.restore(new_database(database_kind), tmp_path / "one.zip", progress=told.append)
    assert told == list(range(10, count + 1, 10))


def test_a_restored_database_goes_on_counting(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    writing.write(lived, tmp_path / "one.zip", now=START)
    there = new_database(OTHER[database_kind])
    reading.restore(there, tmp_path / "one.zip")
    row = Received(
        channel="onebot:1", key="next", lane="l", update="{}", sent_at=START, received_at=START
    )
    with there.begin() as session:
        (id_,) = inbox.add(session, rows=[row]).values()
    assert id_ == 2


def test_one_community_moves_in_beside_others(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    writing.write(lived, tmp_path / "renren.zip", now=START, community_id="renren")
    there = new_database(OTHER[database_kind], migrated=True)
    with there.begin() as session:
        for id_ in ("renren", "third"):  # a bot that was started knows them already
            communities.ensure(session, community_id=id_, name=id_, groups=(), now=START)
    reading.restore_community(there, tmp_path / "renren.zip")
    assert rows_of(there, community="renren") == rows_of(lived, community="renren")
    assert not any(rows_of(there, community="other").values())
    with pytest.raises(ArchiveError, match="已经有社群 renren 的内容"):
        reading.restore_community(there, tmp_path / "renren.zip")


def test_while_others_write(lived: Database, analyser: Analyser, tmp_path: Path) -> None:
    """What is in the file is what was there at one moment: each post with its audit entry."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with lived.begin() as session:
                settings = Settings(id="renren", name="老友记")
                communities.lock(session, community_id="renren")
                now = START + timedelta(days=number)
                says(Scene(session, settings, analyser, now), "小刚", f"求购第 {number} 台投影仪")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for turn in range(5):
            writing.write(lived, tmp_path / f"{turn}.zip", now=START)
    finally:
        stop.set()
        thread.join()
    for turn in range(5):
        lines = [
            json.loads(line)
            for line in zipfile.ZipFile(tmp_path / f"{turn}.zip").read("rows.jsonl").splitlines()
        ]
        posts = [cells for name, cells in lines if name == "post"]
        audits = [cells for name, cells in lines if name == "audit" and "post" in cells]
        assert len(posts) == len(audits) > 0


def test_a_file_that_is_cut_off_changes_nothing(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    writing.write(lived, tmp_path / "one.zip", now=START)
    with zipfile.ZipFile(tmp_path / "one.zip") as whole:
        lines = whole.read("rows.jsonl").splitlines(keepends=True)
        with zipfile.ZipFile(tmp_path / "cut.zip", "w") as cut:
            cut.writestr("manifest.json", whole.read("manifest.json"))
            cut.writestr("rows.jsonl", b"".join(lines[:-2]))
    (tmp_path / "half.zip").write_bytes((tmp_path / "one.zip").read_bytes()[:-400])
    (tmp_path / "text.zip").write_text("hello")
    there = new_database(database_kind, migrated=True)
    for name in ("cut", "half", "text"):
        with pytest.raises(ArchiveError, match="损坏"):
            reading.restore(there, tmp_path / f"{name}.zip")
    assert sum(map(len, rows_of(there).values())) == 0


def test_rows_that_refer_to_nothing_change_nothing(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    writing.write(lived, tmp_path / "one.zip", now=START)
    with zipfile.ZipFile(tmp_path / "one.zip") as whole:
        rows = [json.loads(line) for line in whole.read("rows.jsonl").splitlines()]
        left = [row for row in rows[:-1] if row[0] != "member"]
        with zipfile.ZipFile(tmp_path / "odd.zip", "w") as odd:
            odd.writestr("manifest.json", whole.read("manifest.json"))
            odd.writestr(
                "rows.jsonl", "\n".join(json.dumps(row) for row in [*left, ["", len(left)]])
            )
    there = new_database(database_kind, migrated=True)
    with pytest.raises((ArchiveError, IntegrityError)):
        reading.restore(there, tmp_path / "odd.zip")
    assert sum(map(len, rows_of(there).values())) == 0


def test_never_over_what_is_there(lived: Database, tmp_path: Path) -> None:
    writing.write(lived, tmp_path / "one.zip", now=START)
    before = rows_of(lived)
    with pytest.raises(ArchiveError, match="已经有内容"):
        reading.restore(lived, tmp_path / "one.zip")
    assert rows_of(lived) == before


LATER = (  # columns since 0007
    ("posting", "weight"),
    ("community", "chosen"), ("inbox", "holder"), ("outbox", "holder"), ("inbox", "sender"),
    ("member", "own"),
)  # fmt: skip


def changed(
    file: Path, target: Path, structure: str, *, without: frozenset[str] = frozenset()
) -> Path:
    """The archive as another version would have written it."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["structure"] = structure
        for name in without:
            del manifest["tables"][name]
        rows = [json.loads(line) for line in old.read("rows.jsonl").splitlines()]
        for table, column in LATER:
            if structure < "0008":
                columns = list(manifest["tables"][table])
                at = columns.index(column)
                del manifest["tables"][table][column]
                rows = [[n, c[:at] + c[at + 1 :]] if n == table else [n, c] for n, c in rows]
        new.writestr("manifest.json", json.dumps(manifest))
        new.writestr("rows.jsonl", "\n".join(json.dumps(row) for row in rows))
    return target


def test_an_archive_of_an_older_structure(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    web = frozenset({"sign_in", "mail_code", "join_form", "proof", "preference"})
    writing.write(lived, tmp_path / "one.zip", now=START)
    old = changed(tmp_path / "one.zip", tmp_path / "old.zip", "0007", without=web)
    there = new_database(database_kind)
    reading.restore(there, old)
    expected, found = rows_of(lived), rows_of(there)
    alike = [(*row[:3], 100, row[4]) for row in expected.pop("posting")]  # until they are renewed
    assert sorted(found.pop("posting")) == sorted(alike)
    assert found == expected
    with there.engine.connect() as connection:
        (version,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
    assert version == newest()


def test_an_archive_of_a_newer_program(
    lived: Database, database_kind: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    writing.write(lived, tmp_path / "one.zip", now=START)
    new = changed(tmp_path / "one.zip", tmp_path / "new.zip", "9999")
    with pytest.raises(ArchiveError, match="请先升级"):
        reading.restore(new_database(database_kind), new)


def test_every_table_is_in_it() -> None:
    """A new table without ``community_id`` is in backups, and is asked about for exports here."""
    without = {table.name for table in Table.metadata.sorted_tables} - {
        table.name for table in writing.tables("renren")
    }
    assert without == {"bot_account", "inbox"}
