"""Opening the file of a roster: csv, xlsx or jsonl, as people and spreadsheets save them."""

import csv
import io
import json
import re
import warnings
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import WrongUseError
from community.roster import Problem, Reading, read_records, read_table
from community.roster.columns import column_of
from storage.refusals import os_error_reason

TABLES = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm")
RECORDS = (".jsonl", ".ndjson")
_SEPARATORS = ",;\t"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):[A-Z]+(\d{1,7})"')
_HEAD = 20  # lines that tell how columns are parted
_UNREADABLE = (  # what a damaged zip file raises, and openpyxl for XML that it does not expect
    BadZipFile, InvalidFileException, zlib.error, SyntaxError,  # in the XML
    AttributeError, EOFError, LookupError, RuntimeError, TypeError, ValueError,
)  # fmt: skip

Row = tuple[int, list[object]]
Merged = dict[tuple[int, int], object]
Sheet = tuple[list[Row], list[tuple[int, int]], list[str], Merged]
"""The rows, where formulas stand, the names of the other sheets that can be seen, merged cells."""


def read(file: Path) -> Reading:
    """All that the file says. Raises WrongUseError when it cannot be read as a whole; what is
    wrong on a line is in the reading.
    """
    kind = file.suffix.casefold()
    try:
        if kind in TABLES:
            return _read_table(_text(file))
        if kind in BOOKS:
            return _read_book(file)
        if kind in RECORDS:
            return _read_records(_text(file))
    except OSError as error:
        raise WrongUseError(f"读不了 {file}：{os_error_reason(error)}") from None
    if kind == ".xls":
        raise WrongUseError(f"不支持旧的 .xls 格式：请在表格软件里把 {file} 另存为 .xlsx")
    raise WrongUseError(f"不认识 {file} 的格式：应为 .csv、.xlsx 或 .jsonl")


def _text(file: Path) -> str:
    """Spreadsheets save csv in UTF-8, in a Chinese encoding of Windows, or in UTF-16."""
    data = file.read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encodings in [["utf-16"]] if marked else [["utf-8-sig"], ["gb18030", "cp950"]]:
        texts = [text for one in encodings if (text := _decoded(data, one)) is not None]
        if len(texts) == 1:
            return texts[0]
        if texts:  # what Taiwan writes can be read as what the mainland does, but has no headers so
            return max(texts, key=lambda text: max(_known(text.splitlines()[:_HEAD]).values()))
    raise WrongUseError(f"{file} 既不是 UTF-8 也不是 GBK 编码：请另存为 UTF-8")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _read_table(text: str) -> Reading:
    lines = text.splitlines()
    if lines and lines[0].casefold().startswith("sep="):  # a hint to Excel, not a row
        text = "\n" + text.partition("\n")[2]
    broken: list[Problem] = []
    reading = read_table(_table_rows(text, broken))
    reading.problems += broken
    return reading


def _table_rows(text: str, broken: list[Problem]) -> Iterator[Row]:
    separator = _separator(text.splitlines()[:_HEAD])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, list(cells)
            line = reader.line_num + 1
    except csv.Error:
        broken.append(Problem(line, "引号没有成对，从这里起读不下去"))


def _separator(head: list[str]) -> str:
    """The one by which most headers are understood."""
    known = _known(head)
    return max(known, key=lambda separator: known[separator])


def _known(head: list[str]) -> dict[str, int]:
    """How many headers each separator makes known."""

    def understood(separator: str) -> int:
        rows = ([cell.strip('" ') for cell in line.split(separator)] for line in head)
        return max((sum(column_of(cell) is not None for cell in row) for row in rows), default=0)

    return {separator: understood(separator) for separator in _SEPARATORS}


def _read_book(file: Path) -> Reading:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and drop-down lists, which we do not use
        return _read_sheets(file)


def _read_sheets(file: Path) -> Reading:
    rows, formulas, others, merged = _first_sheet(file, values=False)
    if formulas:
        rows, _, _, merged = _first_sheet(file, values=True)
    reading = read_table(rows, merged)
    cells = dict(rows)
    for number, at in formulas:
        if cells[number][at] is None:
            text = "有公式没有存下结果，请在表格软件里打开、保存一次再导入"
            reading.problems.append(Problem(number, text))
    if others:
        reading.notes.append(f"只读了第一张表，没有读：{'、'.join(others)}")
    return reading


def _reaching(sheet: bytes, rows: list[Row]) -> Merged:
    """What cells show by reaching down from above, by row and place.

    openpyxl tells it of books that it has in memory alone, and there makes every cell of a range.
    """
    reaching: Merged = {}
    for column, top, bottom in _MERGED.findall(sheet):
        at, first = column_index_from_string(column.decode()) - 1, int(top)
        if 0 < first <= len(rows) and at < len(rows[first - 1][1]):
            below = range(first + 1, min(int(bottom), len(rows)) + 1)
            reaching |= dict.fromkeys(((number, at) for number in below), rows[first - 1][1][at])
    return reaching


def _first_sheet(file: Path, *, values: bool) -> Sheet:
    try:
        with file.open("rb") as book:  # is closed even if a broken part of it is still being read
            reader = ExcelReader(book, read_only=True, data_only=values)
            reader.read()
            return _first_of(reader)
    except _UNREADABLE:
        raise WrongUseError(
            f"{file} 不是能读的 xlsx：可能加了密码或已损坏，请重新另存为 .xlsx"
        ) from None


def _first_of(reader: ExcelReader) -> Sheet:
    sheets = [one for one in reader.wb.worksheets if one.sheet_state == "visible"]
    sheets[0].reset_dimensions()  # some programs write them wrong
    rows: list[Row] = []
    formulas = []
    for number, cells in enumerate(sheets[0].iter_rows(), 1):
        rows.append((number, [cell.value for cell in cells]))
        formulas += [(number, at) for at, cell in enumerate(cells) if cell.data_type == "f"]
    others = [sheet.title for sheet in sheets[1:]]
    paths = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    return rows, formulas, others, _reaching(reader.archive.read(paths[sheets[0].title]), rows)


def _read_records(text: str) -> Reading:
    broken: list[Problem] = []
    reading = read_records(_records(text, broken))
    reading.problems += broken
    return reading


def _records(text: str, broken: list[Problem]) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            broken.append(Problem(number, "不是 JSON"))
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            broken.append(Problem(number, '应为一个 JSON 对象，例如 {"name": "张三"}'))
