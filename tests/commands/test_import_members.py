"""laoyou import members: files as spreadsheets save them, and what the command says of them."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from sqlalchemy import and_
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Account, Community, Group, Member
from tests.commands.conftest import Laoyou
from tests.conftest import NewUrl

CSV = "姓名,QQ,公司\n张三,10001,拾光科技\n李四,10002,蓝桨科技\n"
DONE = "导入完成：新增 2 位，更新 0 位，不变 0 位。\n"


def members(url: str = "sqlite:///data/laoyou.db") -> list[tuple[str, str, str | None]]:
    """Name, company and first account of everybody."""
    with closing(Database(url)) as database, database.read() as session:
        held = and_(
            col(Account.community_id) == col(Member.community_id),
            col(Account.member_id) == col(Member.id),
        )
        statement = select(Member.name, Member.company, Account.address)
        rows = session.exec(statement.join(Account, held, isouter=True).order_by(col(Member.id)))
        return [(name, company, address) for name, company, address in rows]


def save(file: str, *rows: list[object]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(file)


BOTH = [("张三", "拾光科技", "onebot:10001"), ("李四", "蓝桨科技", "onebot:10002")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(laoyou: Laoyou, folder: Path, encoding: str) -> None:
    (folder / "名册.csv").write_bytes(CSV.encode(encoding))
    outcome = laoyou("import", "members", "名册.csv")
    assert (outcome.status, outcome.out, outcome.err) == (0, DONE, "")
    assert members() == BOTH


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(laoyou: Laoyou, folder: Path, separator: str) -> None:
    (folder / "m.csv").write_text(CSV.replace(",", separator), encoding="utf-8")
    assert laoyou("import", "members", "m.csv").out == DONE
    assert members() == BOTH


def test_a_comma_in_the_text_does_not_part_columns(laoyou: Laoyou, folder: Path) -> None:
    text = "姓名\tQQ\t简介\n张三\t1\ta, b, c, d\n李四\t2\te, f, g\n"
    (folder / "m.tsv").write_text(text, encoding="utf-8")
    assert laoyou("import", "members", "m.tsv").out == DONE


def test_windows_line_ends_and_the_hint_for_excel(laoyou: Laoyou, folder: Path) -> None:
    text = "sep=;\r\n" + CSV.replace(",", ";").replace("\n", "\r\n")
    (folder / "m.csv").write_bytes(text.encode())
    assert laoyou("import", "members", "m.csv").out == DONE
    assert members() == BOTH


def test_jsonl(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.jsonl").write_text(
        '\ufeff{"id": "m1", "name": "张三", "account": "onebot:10001", "company": "拾光科技"}\r\n\n'
        '{"id": "m2", "姓名": "李四", "QQ": 10002, "公司": "蓝桨科技", "keywords": ["猫"]}\n',
        encoding="utf-8",
    )
    outcome = laoyou("import", "members", "m.jsonl")
    assert (outcome.out, outcome.err) == (DONE, "")
    assert members() == BOTH


def test_xlsx(laoyou: Laoyou) -> None:
    save(
        "m.xlsx",
        ["老友记名册"],
        [],
        ["姓名", "QQ号", "公司", "加入时间"],
        ["张三 ", 10001.0, "拾光科技", datetime(2026, 3, 1)],  # noqa: DTZ001
        [None, None, None],
        ["李四", "10002", " 蓝桨科技", None],
    )
    outcome = laoyou("import", "members", "m.xlsx")
    assert (outcome.status, outcome.out) == (0, DONE)
    assert outcome.err == "不认识这些列，没有读：加入时间\n"
    assert members() == BOTH


def test_other_sheets_of_an_xlsx_are_named(laoyou: Laoyou, folder: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["姓名", "公司"])
    book.worksheets[0].append(["张三", "拾光科技"])
    book.create_sheet("往届")
    book.create_sheet("草稿").sheet_state = "hidden"
    book.save(folder / "m.xlsx")
    assert laoyou("import", "members", "m.xlsx").err == "只读了第一张表，没有读：往届\n"


def test_a_formula_without_a_stored_result(laoyou: Laoyou) -> None:
    save("m.xlsx", ["姓名", "QQ"], ["张三", "=10000+1"])
    outcome = laoyou("import", "members", "m.xlsx")
    assert outcome.status == 1
    assert outcome.err.startswith("第 2 行：有公式没有存下结果")


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


def test_lines_are_those_of_the_file(laoyou: Laoyou, folder: Path) -> None:
    text = '姓名,QQ,简介\n张三,1,"两\n行"\n李四,x,\n'
    (folder / "m.csv").write_text(text, encoding="utf-8")
    assert laoyou("import", "members", "m.csv").err.startswith("第 4 行：")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("m.csv", '姓名,简介\n张三,"没有关上\n李四,x\n', "第 2 行：引号没有成对"),
        ("m.csv", "电话,地址\n1,2\n", "第 1 行：没有找到表头"),
        ("m.csv", "", "第 1 行：没有找到表头"),
        ("m.jsonl", '{"name": "张三"}\n{"name": \n', "第 2 行：不是 JSON"),
        ("m.jsonl", '["张三"]\n', "第 1 行：应为一个 JSON 对象"),
    ],
)
def test_broken_content(laoyou: Laoyou, folder: Path, name: str, content: str, said: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    outcome = laoyou("import", "members", name)
    assert outcome.status == 1
    assert outcome.err.startswith(said)
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.csv", "读不了 missing.csv：没有这个文件"),
        ("folder.csv", "读不了 folder.csv：这是一个文件夹"),
        ("m.xls", "不支持旧的 .xls 格式"),
        ("m.docx", "不认识 m.docx 的格式"),
        ("m.xlsx", "m.xlsx 不是能读的 xlsx"),
        ("m.csv", "m.csv 既不是 UTF-8 也不是 GBK 编码"),
    ],
)
def test_a_file_that_cannot_be_read(laoyou: Laoyou, folder: Path, name: str, said: str) -> None:
    (folder / "folder.csv").mkdir()
    for file in ("m.xls", "m.docx", "m.xlsx", "m.csv"):
        (folder / file).write_bytes(b"PK\x03\x04\xff\xff\xff")
    outcome = laoyou("import", "members", name)
    assert outcome.status == 2
    assert outcome.err.startswith(said)
    assert outcome.err.count("\n") == 1


def test_a_damaged_xlsx(laoyou: Laoyou, folder: Path) -> None:
    save("m.xlsx", ["姓名", "QQ"], ["张三", "10001"])
    file = folder / "m.xlsx"
    with ZipFile(file) as archive:
        header = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data = bytearray(file.read_bytes())
    data[header + 80 : header + 120] = bytes(40)  # in the middle of what is compressed
    file.write_bytes(data)
    outcome = laoyou("import", "members", "m.xlsx")
    assert outcome.status == 2
    assert outcome.err.startswith("m.xlsx 不是能读的 xlsx")


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
