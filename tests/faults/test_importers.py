"""Files that people hand over: damaged, half there, of another program, or meant to do harm."""

import dataclasses
import io
import json
import random
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from sqlalchemy import func, select

from bot.commands.roster_files import read
from bot.errors import WrongUseError
from matching import Analyser
from storage.archive import reading, writing
from storage.archive.reading import ArchiveError
from storage.database import Database
from storage.tables import Table
from tests.conversations.chat import Chat
from tests.emptying import empty
from tests.fakes import START

HEADERS = ("account", "姓名", "公司", "关键词", "备注", "QQ", "group_nickname", "bio", "城市")
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
SEPARATORS = ",;\t"
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".xls")
# Half surrogate pairs included: JSON can hold them.
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
written = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1+1", "@all", "onebot:1", "'\"", "a\nb", "12345678901", "1e400", "无", "#REF!", "\0"]
)
printed = written.map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text))
cells = (
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | printed
    | st.datetimes(datetime(1900, 1, 2), datetime(9999, 1, 1))  # noqa: DTZ001 – as sheets have it
    | st.dates(date(1900, 1, 2)) | st.times() | st.timedeltas()
)  # fmt: skip
headers = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5)
quick = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def understood(file: Path, content: bytes) -> None:
    """It is refused in one sentence, or what it says can be stored."""
    file.write_bytes(content)
    try:
        found: object = read(file)
    except WrongUseError as refused:
        found = refused.args[0].replace("\n", "\0")
    for text in texts_in(found):
        assert "\0" not in text.encode().decode()


def texts_in(said: object) -> Iterator[str]:
    """All words in it."""
    if isinstance(said, str):
        yield said
    elif dataclasses.is_dataclass(said):
        for field in dataclasses.fields(said):
            yield from texts_in(getattr(said, field.name))
    elif isinstance(said, dict):
        yield from texts_in([*said, *said.values()])
    elif isinstance(said, list | tuple):
        for one in said:
            yield from texts_in(one)


@quick
@given(st.binary(max_size=400), st.sampled_from(KINDS))
def test_bytes_of_any_kind(tmp_path: Path, content: bytes, kind: str) -> None:
    understood(tmp_path / f"x{kind}", content)


@quick
@given(
    headers,
    st.lists(st.lists(written, max_size=6), max_size=5),
    st.sampled_from(ENCODINGS),
    st.sampled_from(SEPARATORS),
)
def test_tables(
    tmp_path: Path, head: list[str], rows: list[list[str]], encoding: str, separator: str
) -> None:
    lines = "\n".join(separator.join(row) for row in [head, *rows])
    understood(tmp_path / "x.csv", lines.encode(encoding, "replace"))


@quick
@given(st.lists(st.dictionaries(st.sampled_from(HEADERS) | st.text(), anything, max_size=5)))
def test_records(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    understood(tmp_path / "x.jsonl", "\n".join(map(json.dumps, records)).encode())


def test_records_without_end(tmp_path: Path) -> None:
    understood(tmp_path / "x.jsonl", b"[" * 100_000 + b"\n" + b'{"name":' * 100_000)


@quick
@given(headers, st.lists(st.lists(cells, max_size=6), max_size=5))
def test_books(tmp_path: Path, head: list[str], rows: list[list[object]]) -> None:
    understood(tmp_path / "x.xlsx", book(head, *rows))


def book(*rows: list[Any]) -> bytes:
    made, content = Workbook(), io.BytesIO()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(content)
    return content.getvalue()


@pytest.mark.parametrize("seed", range(3))
def test_damaged_books(tmp_path: Path, seed: int) -> None:
    whole = book(["姓名", "QQ"], ["张三", 10001], ["李四", "=1+1"])
    dice = random.Random(seed)
    for _ in range(20):
        understood(tmp_path / "x.xlsx", dice.choice((scratched, rewritten))(whole, dice))


def scratched(content: bytes, dice: random.Random) -> bytes:
    """Some bytes are others."""
    found = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def rewritten(content: bytes, dice: random.Random) -> bytes:
    """It is a proper archive, and one of its files is not what it was."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    name = dice.choice(list(files))
    at = dice.randrange(len(files[name]))
    junk = dice.choice((b"", b"999999999999", b"<x/>", b'"', b"&amp;", b"A1:ZZZ9", b"\xff"))
    files[name] = files[name][:at] + junk + files[name][at + dice.randint(0, 30) :]
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as archive:
        for one, text in files.items():
            archive.writestr(one, text)
    return new.getvalue()


JUNK: list[Any] = [
    None, True, 5, -1, 2**70, 1e308, "", "x", "\ud800", "\0", [], {}, [1], {"a": 1}, "2020-13-45",
]  # fmt: skip


def spoilt(value: Any, dice: random.Random) -> Any:
    """Something in it is missing, or is something else."""
    if not isinstance(value, list | dict) or not value or dice.random() < 0.2:
        return dice.choice(JUNK)
    places = range(len(value)) if isinstance(value, list) else list(value)
    at, changed = dice.choice(places), value.copy()
    if dice.random() < 0.15:
        del changed[at]
    else:
        changed[at] = spoilt(value[at], dice)
    return changed


@pytest.fixture
def lived(database: Database, analyser: Analyser) -> Database:
    """A community in which something was said."""
    with closing(Chat(database, analyser)) as chat:
        chat.says("小明", "#求 找一位会计报税")
        chat.says("小红", "#供 会计，会报税")
    return database


@pytest.mark.parametrize("community", [None, "renren"])
def test_damaged_archives(lived: Database, tmp_path: Path, community: str | None) -> None:
    """Each is taken in whole, or refused in one sentence and nothing is changed."""
    writing.write(lived, tmp_path / "whole", now=START, community_id=community)
    whole, dice = (tmp_path / "whole").read_bytes(), random.Random(1)
    empty(lived)
    for _ in range(60):
        (tmp_path / "one").write_bytes(dice.choice((scratched, with_other_rows))(whole, dice))
        taken, told = outcome(lived, tmp_path / "one", community)
        assert rows_in(lived) == taken
        assert "\n" not in told
        if taken:
            empty(lived)


def outcome(there: Database, file: Path, community: str | None) -> tuple[int, str]:
    """How many rows were taken in, and why they were not."""
    take = reading.restore if community is None else reading.restore_community
    try:
        return take(there, file), ""
    except ArchiveError as refused:
        return 0, refused.text


def with_other_rows(content: bytes, dice: random.Random) -> bytes:
    """Somebody has edited it."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        manifest = json.loads(old.read("manifest.json"))
        rows = [json.loads(line) for line in old.read("rows.jsonl").splitlines()]
    if dice.random() < 0.4:
        manifest = spoilt(manifest, dice)
    else:
        rows = spoilt(rows, dice) or [[]]
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        lines = rows if isinstance(rows, list) else [rows]
        archive.writestr("rows.jsonl", "\n".join(map(json.dumps, lines)))
    return new.getvalue()


def rows_in(database: Database) -> int:
    with database.engine.connect() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Table.metadata.sorted_tables
        )
