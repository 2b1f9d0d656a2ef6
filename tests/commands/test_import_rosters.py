"""laoyou import members: rosters as clubs keep them, for people to look at."""

from pathlib import Path

from tests.commands.conftest import Laoyou
from tests.commands.importing import members, save


def test_the_encoding_of_taiwan(laoyou: Laoyou, folder: Path) -> None:
    (folder / "m.csv").write_bytes("姓名,QQ,公司\n張三,10001,臺北商行\n".encode("big5"))
    assert laoyou("import", "members", "m.csv").status == 0
    assert members() == [("張三", "臺北商行", "onebot:10001")]


def test_a_company_that_is_merged_for_several_people(laoyou: Laoyou) -> None:
    save(
        "m.xlsx",
        ["名册"],
        ["姓名", "QQ", "公司", "手机"],
        ["张三", 10001.0, "拾光科技", 13800138000.0],
        ["李四", 10002.0, None, "1"],
        [None, None, None, "2"],
        ["王五", 10003.0, None, "3"],
        merged=("A1:D1", "C3:C5", "A4:A5", "B4:B5"),
    )
    assert laoyou("import", "members", "m.xlsx").status == 0
    assert members() == [
        ("张三", "拾光科技", "onebot:10001"),
        ("李四", "拾光科技", "onebot:10002"),
        ("王五", "", "onebot:10003"),
    ]


def test_a_company_that_is_merged_in_the_last_column(laoyou: Laoyou) -> None:
    # What stands in the file for the rows below ends before it.
    save(
        "m.xlsx",
        ["姓名", "QQ", "公司"],
        ["张三", 10001.0, "拾光科技"],
        ["李四", 10002.0],
        ["王五", 10003.0],
        merged=("C2:C4",),
    )
    assert laoyou("import", "members", "m.xlsx").status == 0
    assert [company for _, company, _ in members()] == ["拾光科技"] * 3
