"""Covenant, dues and probation in config.yaml."""

from pathlib import Path

import pytest

from bot.config import Config
from community.terms import Terms
from tests.config.conftest import Loaded, Said

COMMUNITY = "communities:\n  - id: a\n    name: 甲\n    membership:\n"
REFUSED = [
    ("      covenant_file: 没有.md\n", "membership 的 covenant_file 读不了"),
    ("      covenant_file: empty.md\n", "membership 的 covenant_file 是空的"),
    ("      covenant_file: bytes.md\n", "membership 的 covenant_file 读不了"),
    ("      covenant: 甲\n      covenant_file: a.md\n", "covenant 和 covenant_file 只能写一个"),
    (f"      covenant: {'长' * 4_001}\n", "的公约最多 4000 字，现在有 4001 字"),
    ("      dues: 也许\n", 'membership.dues 应为 true 或 false，现在是 "也许"'),
    ("      trial: true\n", "不认识 communities[0].membership.trial"),
]


def terms(config: Config) -> Terms:
    return config.settings[0].terms


def test_nothing_is_asked_by_default(loaded: Loaded) -> None:
    found = terms(loaded("limits:\n  posts_per_day: 3\n"))
    assert (found.covenant.version, found.dues, found.probation) == ("", False, False)


def test_a_covenant_in_the_file_itself(loaded: Loaded) -> None:
    text = (
        "      covenant: |\n        第1条 待人以诚。\n        第2条 不发广告。\n      dues: true\n"
    )
    found = terms(loaded(COMMUNITY + text))
    assert found.covenant.clauses == {1: "待人以诚。", 2: "不发广告。"}
    assert (found.dues, found.probation) == (True, False)


def test_a_covenant_in_a_file_beside_it(loaded: Loaded, tmp_path: Path) -> None:
    (tmp_path / "covenant.md").write_text("第1条 待人以诚。\n", encoding="utf-8")
    found = terms(loaded(f"{COMMUNITY}      covenant_file: covenant.md\n      probation: true\n"))
    assert found.covenant.clauses == {1: "待人以诚。"}
    assert found.probation


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_refused(said: Said, tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "empty.md").write_text("\n", encoding="utf-8")
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\x00")
    assert sentence in said(COMMUNITY + text)
