"""laoyou import members: files as spreadsheets save them."""

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from tests.commands.conftest import Laoyou
from tests.commands.importing import BOTH, CSV, DONE, members, save


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
        ("missing.csv", "读不了 missing.csv：没有这个文件或文件夹"),
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
