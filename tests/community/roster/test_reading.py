"""From the rows of a file to what they say about members."""

from datetime import date, datetime

import pytest

from community.roster import Reading, read_records, read_table
from community.roster.cells import text_of
from community.roster.columns import Column, column_of


def table(*rows: list[object]) -> Reading:
    return read_table(enumerate(rows, 1))


def told(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in reading.problems]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        (10001.0, "10001"),
        (10001, "10001"),
        (1.5, "1.5"),
        (360, "360"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001 – so it comes from a spreadsheet
        ("  张三\u00a0\u200b", "张三"),
        ("\u202d10001\u202c", "10001"),
        ('="0012"', "0012"),
        ("第一行\r\n\r\n  第二行 ", "第一行\n第二行"),
        ("-", ""),
        ("无", ""),
        ("未提供", ""),
        ("N/A", ""),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\x00b", "ab"),
    ],
)
def test_a_cell_as_text(cell: object, expected: str) -> None:
    assert text_of(cell) == expected


@pytest.mark.parametrize(
    ("header", "field", "channel"),
    [
        ("账号", "account", ""),
        ("Account", "account", ""),
        ("QQ", "account", "onebot"),
        ("QQ 号", "account", "onebot"),
        ("ｑｑ号码", "account", "onebot"),
        ("微信号", "account", "wechaty"),
        ("E-mail", "account", "mail"),
        ("姓名（必填）", "name", ""),
        ("*姓名：", "name", ""),
        ("Group_Nickname", "group_nickname", ""),
        ("group nickname", "group_nickname", ""),
        ("群名片", "group_nickname", ""),
        ("職位", "title", ""),
        ("暱稱", "group_nickname", ""),
        ("会员姓名", "name", ""),
        ("企业名称", "company", ""),
        ("公 司", "company", ""),
        ("自我介绍", "bio", ""),
        ("标签", "keywords", ""),
        ("擅长", "skills", ""),
    ],
)
def test_a_header_is_known(header: str, field: str, channel: str) -> None:
    assert column_of(header) == Column(field, channel)


@pytest.mark.parametrize("header", ["备注", "手机", "姓名2", "", "公司地址"])
def test_a_header_is_not_known(header: str) -> None:
    assert column_of(header) is None


def test_a_table_is_read() -> None:
    reading = table(
        ["姓名", "QQ", "公司", "关键词", "备注"],
        ["张三", 10001.0, " 拾光  科技 ", "前端、后端 AI/大模型|出海,A；B", "x"],
        ["李四", "", "无", None, ""],
    )
    first, second = reading.entries
    assert (first.line, first.accounts, first.shown) == (2, ("onebot:10001",), "张三")
    assert first.values == {
        "name": "张三",
        "company": "拾光 科技",
        "keywords": ("前端", "后端", "AI", "大模型", "出海", "A", "B"),
    }
    assert (second.accounts, second.values) == ((), {"name": "李四"})
    assert reading.unknown == ["备注"]
    assert reading.problems == []


def test_a_title_and_blank_rows_do_not_disturb() -> None:
    reading = table(
        ["老友记成员名册", None, None],
        [None, None, None],
        ["序号", "姓名", "城市"],
        [1, "张三", "北京"],
        [],
        [None, " ", None],
        [2, "李四", "上海"],
    )
    assert [(entry.line, entry.shown) for entry in reading.entries] == [(4, "张三"), (7, "李四")]
    assert (reading.unknown, reading.problems) == ([], [])


def test_headers_are_printed_on_each_page() -> None:
    head: list[object] = ["姓名", "公司"]
    reading = table(head, ["张三", "拾光"], head, ["李四", "蓝桨"])
    assert [(entry.line, entry.shown) for entry in reading.entries] == [(2, "张三"), (4, "李四")]


def test_headers_in_two_rows() -> None:
    reading = table(
        ["姓名", "账号", None, None, "公司"],
        [None, "QQ", "微信", "手机", None],
        ["张三", 10001, "wxid_a", 13800138000.0, "拾光"],
    )
    [entry] = reading.entries
    assert entry.accounts == ("onebot:10001", "wechaty:wxid_a")
    assert entry.values == {"name": "张三", "company": "拾光"}
    assert reading.unknown == ["手机"]


@pytest.mark.parametrize(
    ("written", "name"),
    [("张　三", "张三"), ("李  四", "李四"), ("John  Smith", "John Smith"), ("张三 丰", "张三 丰")],
)
def test_names_that_are_spread_for_the_looks_of_it(written: str, name: str) -> None:
    assert table(["姓 名", "QQ"], [written, 1]).entries[0].shown == name


def test_several_columns_of_accounts_come_together() -> None:
    reading = table(
        ["姓名", "QQ", "微信号", "账号"], ["张三", "1", "wxid_a", "onebot:1 mail:a@b.c"]
    )
    assert reading.entries[0].accounts == ("onebot:1", "wechaty:wxid_a", "mail:a@b.c")


@pytest.mark.parametrize("rows", [[], [["电话", "地址"], ["1", "2"]], [[None]], [["公司", "城市"]]])
def test_a_table_without_a_header(rows: list[list[object]]) -> None:
    [(line, text)] = told(table(*rows))
    assert line == 1
    assert "没有找到表头" in text
    assert "姓名" in text


def test_two_columns_of_one_meaning() -> None:
    assert told(table(["姓名", "公司", "单位"], ["张三", "a", "b"])) == [
        (1, "「公司」和「单位」两列都是公司，请只留一列")
    ]


def test_a_row_that_is_longer_than_the_header() -> None:
    assert told(table(["姓名", "公司"], ["张三", "a", None], ["李四", "b", "c"])) == [
        (3, "这一行的列数比表头多")
    ]


def test_a_row_about_nobody() -> None:
    assert told(table(["姓名", "公司"], [None, "拾光科技"])) == [
        (2, "既没有账号，也没有姓名或群昵称")
    ]


def test_every_problem_of_every_row_is_told() -> None:
    reading = table(
        ["姓名", "QQ", "公司", "关键词"],
        ["长" * 65, "abc", "#REF!", ""],
        ["李四", "def", "司" * 101, " ".join(str(number) for number in range(51))],
    )
    lines = [line for line, _ in told(reading)]
    assert lines == [2, 2, 2, 3, 3, 3]
    text = "\n".join(text for _, text in told(reading))
    assert "姓名「长长长长长长长长长长…」最多 64 字，超出 1 字" in text
    assert "公司是公式的错误值" in text
    assert "关键词最多 50 个，超出 1 个" in text
    assert reading.entries == []


def test_records_are_read() -> None:
    reading = read_records(
        [
            (
                1,
                {
                    "id": "m001",
                    "name": "张三",
                    "keywords": ["前端", "后 端"],
                    "account": "onebot:1",
                },
            ),
            (2, {"姓名": "李四", "QQ": 10001, "bio": None, "phone": "1"}),
            (3, {"name": "王五", "qq": ["1", 2], "phone": "2", "wechat": "w"}),
        ]
    )
    assert [entry.accounts for entry in reading.entries] == [
        ("onebot:1",),
        ("onebot:10001",),
        ("onebot:1", "onebot:2", "wechaty:w"),
    ]
    assert reading.entries[0].values["keywords"] == ("前端", "后", "端")
    assert reading.unknown == ["phone"]
    assert reading.problems == []


def test_records_of_the_wrong_kind() -> None:
    reading = read_records([(1, {"name": {"first": "三"}, "company": [["x"]]})])
    assert told(reading) == [(1, "姓名应为文字"), (1, "公司应为文字")]
