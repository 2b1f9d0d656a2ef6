"""Documents in two languages name the same things, and say what the program does."""

import re
from pathlib import Path

import pytest

from web.guard import MOST_BYTES

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


@pytest.mark.parametrize("document", ["operations.md", "operations.zh-CN.md"])
def test_the_proxy_lets_through_what_a_form_may_bring(document: str) -> None:
    text = (ROOT / "docs" / document).read_text()
    assert f"client_max_body_size {MOST_BYTES // 2**20}m;" in text
