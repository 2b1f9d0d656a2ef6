"""Documents in two languages name the same settings, calls and files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHINESE = ("README.zh-CN.md", *(f"docs/{one.name}" for one in ROOT.glob("docs/*.zh-CN.md")))
_BLOCK = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"`([a-z][a-z0-9_.]*)`")


def names(document: Path) -> set[str]:
    """All that stands as code within the text; examples are free."""
    return set(_NAME.findall(_BLOCK.sub("", document.read_text())))


@pytest.mark.parametrize("chinese", CHINESE)
def test_both_languages_name_the_same(chinese: str) -> None:
    english = chinese.replace(".zh-CN", "")
    assert names(ROOT / english) == names(ROOT / chinese)
