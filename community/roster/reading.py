"""From the rows of a file to what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from community.roster.cells import Cell, one_line, text_of
from community.roster.columns import ACCOUNT, LABELS, Column, column_of, is_ignored
from community.roster.entries import Problem, Reading

_HEAD = 10  # rows in which the header may stand, below a title
_EXPECTED = "、".join(LABELS.values())

Row = tuple[int, Sequence[Cell]]


def read_table(rows: Iterable[Row]) -> Reading:
    """A table: numbered rows, one of the first of which holds the headers."""
    reading = Reading()
    left = iter(rows)
    found = _header(left)
    if found is None:
        reading.problems.append(Problem(1, f"没有找到表头，应有这些列中的几个：{_EXPECTED}"))
        return reading
    line, headers = found
    columns = [column_of(header) for header in headers]
    reading.unknown += [
        header
        for header, column in zip(headers, columns, strict=True)
        if column is None and not is_ignored(header)
    ]
    reading.problems += [Problem(line, text) for text in _doubled(headers, columns)]
    for number, cells in left:
        pairs = zip(columns, cells, strict=False)
        reading.take(number, [(column, cell) for column, cell in pairs if column])
        if any(text_of(cell) for cell in cells[len(columns) :]):
            reading.problems.append(Problem(number, "这一行的列数比表头多"))
    return reading


def read_records(records: Iterable[tuple[int, Mapping[str, Cell]]]) -> Reading:
    """Records that name their columns themselves."""
    reading = Reading()
    unknown: dict[str, None] = {}
    for number, record in records:
        headers = [one_line(text_of(header)) for header in record]
        columns = [column_of(header) for header in headers]
        reading.problems += [Problem(number, text) for text in _doubled(headers, columns)]
        pairs = zip(columns, record.values(), strict=True)
        reading.take(number, [(column, cell) for column, cell in pairs if column])
        for header, column in zip(headers, columns, strict=True):
            if column is None and not is_ignored(header):
                unknown[header] = None
    reading.unknown += unknown
    return reading


def _header(rows: Iterator[Row]) -> tuple[int, list[str]] | None:
    """The first row that names a person; the rows above it are taken for a title."""
    for at, (number, cells) in enumerate(rows):
        headers = [one_line(text_of(cell)) for cell in cells]
        fields = {column.field for header in headers if (column := column_of(header))}
        if fields & {ACCOUNT, "name", "group_nickname"}:
            return number, headers
        if at + 1 == _HEAD:
            break
    return None


def _doubled(headers: Sequence[str], columns: Sequence[Column | None]) -> Iterator[str]:
    """Accounts may fill several columns; anything else stands in one."""
    first: dict[str, str] = {}
    for header, column in zip(headers, columns, strict=True):
        if column is None or column.field == ACCOUNT:
            continue
        if column.field in first:
            both = f"「{first[column.field]}」和「{header}」"
            yield f"{both}两列都是{LABELS[column.field]}，请只留一列"
        first.setdefault(column.field, header)
