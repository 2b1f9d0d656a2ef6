"""laoyou backup, restore, export and import community, as an operator types them."""

import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Database
from storage.presence import exclusive_use
from storage.queries.traffic import outbox
from storage.tables import Member, Outbox
from tests.commands.conftest import Laoyou
from tests.fakes import START

HERE = "sqlite:///data/laoyou.db"
ELSEWHERE = 'database: "sqlite:///there/laoyou.db"\n'
THERE = "sqlite:///there/laoyou.db"
ROSTER = "account,name,company\nonebot:10001,张三,字节\nonebot:10002,李四,阿里\n"


@pytest.fixture
def filled(laoyou: Laoyou, folder: Path) -> Path:
    """Two members, a letter that waits, and a proof."""
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert laoyou("import", "members", "roster.csv").status == 0
    proof = folder / "data" / "proofs" / "laoyou" / "a.png"
    proof.parent.mkdir(parents=True)
    proof.write_bytes(b"png")
    with closing(Database(HERE)) as database, database.begin() as session:
        outbox.put(session, lane="onebot:10001", action="{}", now=START)
    return folder


def states(url: str) -> list[str]:
    with closing(Database(url)) as database, database.read() as session:
        return list(session.exec(select(Outbox.state)))


def names(url: str) -> list[str]:
    with closing(Database(url)) as database, database.read() as session:
        return sorted(session.exec(select(Member.name)))


def moved(folder: Path) -> None:
    """Another machine: nothing of the first one is there but the file."""
    (folder / "data").rename(folder / "old")


def test_backup_and_restore(laoyou: Laoyou, filled: Path) -> None:
    said = laoyou("backup", "all.zip")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("备份好了：")
    assert said.out.endswith("行，写在 all.zip\n")
    moved(filled)
    said = laoyou("restore", "all.zip", config=ELSEWHERE)
    assert said.status == 0
    assert "1 个文件" in said.out
    assert "备份时还没发出的 1 条没有带过来" in said.out
    assert names(THERE) == ["张三", "李四"]
    assert states(THERE) == ["dropped"]
    assert (filled / "data" / "proofs" / "laoyou" / "a.png").read_bytes() == b"png"


def test_a_move_goes_on_where_it_was(laoyou: Laoyou, filled: Path) -> None:
    laoyou("backup", "all.zip")
    moved(filled)
    assert laoyou("restore", "all.zip", "--resume", config=ELSEWHERE).status == 0
    assert states(THERE) == ["new"]


def test_restore_never_overwrites(laoyou: Laoyou, filled: Path) -> None:
    laoyou("backup", "all.zip")
    said = laoyou("restore", "all.zip")
    assert (said.status, said.out) == (1, "")
    assert said.err == "这个数据库里已经有内容了：请换一个空的再恢复\n"
    assert names(HERE) == ["张三", "李四"]
    assert filled.exists()


def test_backup_while_the_bot_runs_and_restore_not(laoyou: Laoyou, filled: Path) -> None:
    with closing(Database(HERE)) as database, exclusive_use(database):
        assert laoyou("backup", "all.zip").status == 0
        assert "另一个老友正在用这个数据库" in laoyou("restore", "all.zip").err
    assert (filled / "all.zip").exists()


def test_export_and_import_of_one_community(laoyou: Laoyou, filled: Path) -> None:
    said = laoyou("export", "one.zip")
    assert said.out.startswith("导出好了：社群 laoyou，")
    moved(filled)
    said = laoyou("import", "community", "one.zip", config=ELSEWHERE)
    assert said.out.startswith("导入好了：社群 laoyou，")
    assert names(THERE) == ["张三", "李四"]
    said = laoyou("import", "community", "one.zip")
    assert said.err == "这边已经有社群 laoyou 的内容了，没有导入\n"


def test_each_file_for_its_command(laoyou: Laoyou, filled: Path) -> None:
    laoyou("backup", "all.zip")
    laoyou("export", "one.zip")
    moved(filled)
    said = laoyou("restore", "one.zip", config=ELSEWHERE)
    assert said.err == "one.zip 只有社群 laoyou：用 laoyou import community 导入\n"
    said = laoyou("import", "community", "all.zip")
    assert said.err == "all.zip 是整个数据库的备份：用 laoyou restore 恢复\n"


def test_where_nothing_can_be_written_or_read(laoyou: Laoyou, filled: Path) -> None:
    said = laoyou("backup", "nowhere/all.zip")
    assert (said.status, said.err) == (1, "写不了 nowhere/all.zip：没有这个文件或文件夹\n")
    moved(filled)
    said = laoyou("restore", "gone.zip", config=ELSEWHERE)
    assert (said.status, said.err) == (1, "读不了 gone.zip：没有这个文件或文件夹\n")
    (filled / "text.zip").write_text("hello")
    assert laoyou("restore", "text.zip").err == "text.zip 不是老友的备份，或者已经损坏\n"


@pytest.mark.parametrize("command", ["backup", "export"])
def test_whatever_else_has_that_name_stays(command: str, laoyou: Laoyou, filled: Path) -> None:
    for name in ("data/laoyou.db", "roster.csv"):
        kept = (filled / name).read_bytes()
        said = laoyou(command, name)
        refused = f"{name} 已经有了，而且不是老友的备份，没有覆盖它：请换一个文件名\n"
        assert (said.status, said.out, said.err) == (1, "", refused)
        assert (filled / name).read_bytes() == kept
    for folder in (".", "data"):
        said = laoyou(command, folder)
        assert (said.status, said.err) == (1, f"写不了 {folder}：这是一个文件夹\n")
    (filled / "new.zip").touch()
    assert [laoyou(command, "new.zip").status for _ in range(2)] == [0, 0]


def test_where_the_proofs_cannot_be_written(laoyou: Laoyou, filled: Path) -> None:
    laoyou("backup", "all.zip")
    moved(filled)
    (filled / "data").mkdir()
    (filled / "data" / "proofs").write_text("no folder")
    said = laoyou("restore", "all.zip", config=ELSEWHERE)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"写不了 {filled}/data/proofs，没有恢复任何内容：")
    (filled / "data" / "proofs").unlink()
    assert laoyou("restore", "all.zip", config=ELSEWHERE).status == 0
    assert names(THERE) == ["张三", "李四"]


def test_where_a_proof_is_damaged(laoyou: Laoyou, filled: Path) -> None:
    proof = filled / "data" / "proofs" / "laoyou" / "a.png"
    proof.write_bytes(bytes(range(256)))
    laoyou("backup", "all.zip")
    packed = (filled / "all.zip").read_bytes()
    with zipfile.ZipFile(filled / "all.zip") as archive:
        start = archive.getinfo("proofs/laoyou/a.png").header_offset + 60
    damaged = packed[:start] + bytes(100) + packed[start + 100 :]
    (filled / "all.zip").write_bytes(damaged)
    moved(filled)
    said = laoyou("restore", "all.zip", config=ELSEWHERE)
    assert (said.status, said.err) == (1, "all.zip 已经损坏，没有恢复任何内容\n")


def test_without_a_database(laoyou: Laoyou) -> None:
    assert "还没有数据库" in laoyou("backup", "all.zip").err
