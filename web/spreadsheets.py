"""Tables to take along: csv that spreadsheet programs read as Chinese, and xlsx."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_ONCE: Final = 500
_MARK: Final = "\ufeff"  # without it Excel takes the bytes for another encoding
# What XML cannot hold, and openpyxl therefore refuses.
_CONTROLS: Final = dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - {9, 10, 13})


def as_csv(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The table, some lines at a time."""
    held = [_MARK + _csv_line(head)]
    for line in lines:
        held.append(_csv_line(line))
        if len(held) == _AT_ONCE:
            yield "".join(held).encode()
            held = []
    yield "".join(held).encode()


def as_xlsx(head: Sequence[str], lines: Iterable[Sequence[str]], *, title: str) -> bytes:
    """The table as a workbook of texts; nothing in it is calculated."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 20
    for line in (head, *lines):
        row = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=text.translate(_CONTROLS))
            cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _csv_line(cells: Sequence[str]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow(cells)
    return held.getvalue()
