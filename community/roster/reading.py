"""From the rows of a file to what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from types import MappingProxyType

from community.roster.cells import Cell, one_line, text_of
from community.roster.columns import ACCOUNT, LABELS, Column, column_of, is_ignored
from community.roster.entries import Problem, Reading

_HEAD = 10  # rows in which the header may stand, below a title
_WHO = frozenset({ACCOUNT, "name", "group_nickname"})
_EXPECTED = "、".join(LABELS.values())

Row = tuple[int, Sequence[Cell]]
Place = tuple[int, int]  # the number of a row, and which of its cells
_NOTHING: Mapping[Place, Cell] = MappingProxyType({})


def read_table(rows: Iterable[Row], merged: Mapping[Place, Cell] = _NOTHING) -> Reading:
    """A table: numbered rows, one of the first of which holds the headers.

    ``merged``, by row and place, is what a cell further up reaches down to: it is meant for
    everybody beside it, but who has several rows of his own is named in the first alone.
    """
    reading = Reading()
    left = iter(rows)
    found = _header(left)
    if found is None:
        reading.problems.append(Problem(1, f"没有找到表头，应有这些列中的几个：{_EXPECTED}"))
        return reading
    line, headers = found
    left = _second_head(left, headers)
    columns = [column_of(header) for header in headers]
    reading.unknown += [
        header
        for header, column in zip(headers, columns, strict=True)
        if column is None and not is_ignored(header)
    ]
    reading.problems += [Problem(line, text) for text in _doubled(headers, columns)]
    for number, cells in left:
        if _is_head(cells):  # once more at the top of each printed page
            continue
        reading.take(number, _told(columns, cells, merged, number))
        if any(text_of(cell) for cell in cells[len(columns) :]):
            reading.problems.append(Problem(number, "这一行的列数比表头多"))
    return reading


def _told(
    columns: Sequence[Column | None],
    cells: Sequence[Cell],
    merged: Mapping[Place, Cell],
    number: int,
) -> list[tuple[Column, Cell]]:
    pairs = zip(columns, _reaching_to(len(columns), cells), strict=True)
    told = {at: (column, cell) for at, (column, cell) in enumerate(pairs) if column}
    if any(column.field in _WHO and text_of(cell) for column, cell in told.values()):
        for at, (column, cell) in told.items():
            if cell is None and column.field not in _WHO:
                told[at] = (column, merged.get((number, at)))
    return list(told.values())


def _reaching_to(width: int, cells: Sequence[Cell]) -> Sequence[Cell]:
    """As many as there are headers: a spreadsheet leaves out what is empty at a row's end."""
    return [*cells[:width], *[None] * (width - len(cells))]


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
        headers = _texts(cells)
        fields = {column.field for header in headers if (column := column_of(header))}
        if fields & _WHO:
            return number, headers
        if at + 1 == _HEAD:
            break
    return None


def _second_head(rows: Iterator[Row], headers: list[str]) -> Iterator[Row]:
    """The rows below the headers; one that parts these, 账号 into QQ and 微信, is among these."""
    for row in rows:
        below = _texts(row[1])
        if not _parts(headers, below):
            return chain([row], rows)
        headers += [""] * (len(below) - len(headers))
        headers[: len(below)] = [low or high for high, low in zip(headers, below, strict=False)]
        break
    return rows


def _parts(headers: Sequence[str], below: Sequence[str]) -> bool:
    """It holds headers; words that nobody knows stand under such words only, or under none."""
    over = zip_longest(headers, below, fillvalue="")
    unclear = any(column_of(high) and low and not column_of(low) for high, low in over)
    return not unclear and any(column_of(low) for low in below)


def _is_head(cells: Sequence[Cell]) -> bool:
    """It holds nothing but headers, of which one names a person."""
    texts = [text for text in _texts(cells) if not is_ignored(text)]
    known = [column for text in texts if (column := column_of(text))]
    return 1 < len(texts) == len(known) and any(one.field in _WHO for one in known)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [one_line(text_of(cell)) for cell in cells]


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
