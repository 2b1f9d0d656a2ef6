"""laoyou import members: what the command stores, and what it says of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Database
from storage.tables import Community, Group, Member
from tests.commands.conftest import Laoyou
from tests.commands.importing import BOTH, CSV, DONE, members
from tests.conftest import NewUrl


def test_updates_and_a_second_time(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("import", "members", "m.csv")
    again = laoyou("import", "members", "m.csv")
    assert again.out == "导入完成：新增 0 位，更新 0 位，不变 2 位。\n"
    (folder / "m.csv").write_text("QQ,公司,城市\n10001,,上海\n10002,远帆,\n", encoding="utf-8")
    third = laoyou("import", "members", "m.csv")
    assert third.out == "导入完成：新增 0 位，更新 2 位，不变 0 位。\n"
    assert members() == [("张三", "拾光科技", "onebot:10001"), ("李四", "远帆", "onebot:10002")]


def test_a_dry_run_tells_and_changes_nothing(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    outcome = laoyou("import", "members", "m.csv", "--dry-run")
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "第 2 行 新增 张三（onebot:10001）",
        "    姓名：张三",
        "    公司：拾光科技",
        "第 3 行 新增 李四（onebot:10002）",
        "    姓名：李四",
        "    公司：蓝桨科技",
        "试运行：新增 2 位，更新 0 位，不变 0 位。什么也没有改动。",
    ]
    assert [file.name for file in folder.iterdir()] == ["m.csv"]


def test_a_dry_run_shows_old_and_new(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("import", "members", "m.csv")
    text = "QQ,微信号,公司,标签\n10001,wxid_a,拾光,猫 狗\n10002,,,\n"
    (folder / "m.csv").write_text(text, encoding="utf-8")
    before = (folder / "data" / "laoyou.db").read_bytes()
    outcome = laoyou("import", "members", "m.csv", "--dry-run")
    assert outcome.out.splitlines() == [
        "第 2 行 更新 onebot:10001（成员 1）",
        "    公司：拾光科技 → 拾光",
        "    关键词：（空） → 猫、狗",
        "    账号：+ wechaty:wxid_a",
        "第 3 行 不变 onebot:10002（成员 2）",
        "试运行：新增 0 位，更新 1 位，不变 1 位。什么也没有改动。",
    ]
    assert members() == BOTH
    assert (folder / "data" / "laoyou.db").read_bytes() == before


def test_all_problems_are_told_and_nothing_is_imported(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("import", "members", "m.csv")
    text = "姓名,QQ,账号\n张三丰,10001,\n王五,abc,10005\n,,\n赵六,10006,\n钱七,10006,\n,,,孤零零\n"
    (folder / "m.csv").write_text(text, encoding="utf-8")
    for option in ([], ["--dry-run"]):
        outcome = laoyou("import", "members", "m.csv", *option)
        assert outcome.status == 1
        assert outcome.out == ""
        assert outcome.err.splitlines() == [
            "第 3 行：「10005」缺少渠道前缀，应写成 onebot:10001 或 wechaty:wxid_abc",
            "第 3 行：「abc」不是 QQ 号，应为数字，例如 10001",
            "第 6 行：账号 onebot:10006 已经在第 5 行出现过",
            "第 7 行：这一行的列数比表头多",
            "有 4 处问题，什么也没有导入。",
        ]
    assert members() == BOTH


def test_a_problem_that_only_the_database_shows(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("import", "members", "m.csv")
    text = "姓名,账号\n新人,onebot:9\n张三,onebot:10001 onebot:10002\n"
    (folder / "m.csv").write_text(text, encoding="utf-8")
    outcome = laoyou("import", "members", "m.csv")
    assert outcome.status == 1
    assert outcome.err.startswith("第 3 行：这些账号属于不同的成员：")
    assert members() == BOTH


TWO = """
communities:
  - {id: renren, name: 老友记, groups: ["console:a"]}
  - {id: wenyu, name: 文娱, groups: ["console:b"], admin_group: "console:c"}
"""


def test_the_community_is_made_as_the_configuration_says(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    assert laoyou("import", "members", "m.csv", "--community", "wenyu", config=TWO).out == DONE
    with closing(Database("sqlite:///data/laoyou.db")) as database, database.read() as session:
        assert [club.id for club in session.exec(select(Community))] == ["wenyu"]
        assert sorted(session.exec(select(Group.address))) == ["console:b", "console:c"]
        assert set(session.exec(select(Member.community_id))) == {"wenyu"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "有几个社群，请用 --community 写明是哪一个：renren、wenyu\n"),
        (["--community", "x"], "没有社群 x，可以写：renren、wenyu\n"),
    ],
)
def test_which_community(laoyou: Laoyou, folder: Path, arguments: list[str], said: str) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    outcome = laoyou("import", "members", "m.csv", *arguments, config=TWO)
    assert (outcome.status, outcome.err) == (2, said)


def test_imported_members_can_be_searched_at_once(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("import", "members", "m.csv")
    with closing(Database("sqlite:///data/laoyou.db")) as database, database.read() as session:
        versions = session.exec(select(Member.analysis_version)).all()
        assert [bool(version) for version in versions] == [True, True]


@pytest.mark.postgres
def test_postgresql(laoyou: Laoyou, folder: Path, new_url: NewUrl) -> None:
    url = new_url("postgres", migrated=False)
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    config = f"database: '{url}'\n"
    dry = laoyou("import", "members", "m.csv", "--dry-run", config=config)
    assert dry.out.endswith("试运行：新增 2 位，更新 0 位，不变 0 位。什么也没有改动。\n")
    assert laoyou("import", "members", "m.csv").out == DONE
    assert members(url) == BOTH


@pytest.mark.usefixtures("quick_to_give_up")
def test_a_locked_database(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("db", "upgrade")
    with closing(sqlite3.connect("data/laoyou.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        outcome = laoyou("import", "members", "m.csv")
    assert outcome.status == 1
    assert outcome.err == "数据库被另一个程序锁住了：请关掉正在使用它的程序再试\n"
    assert members() == []
