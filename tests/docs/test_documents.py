"""Documents in two languages name the same things, and say what the program does."""

import re
from pathlib import Path

import pytest

from web.request_body import MOST_BYTES

ROOT = Path(__file__).parents[2]
CHINESE = ("README.zh-CN.md", *(f"docs/{one.name}" for one in ROOT.glob("docs/*.zh-CN.md")))
_BLOCK = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"`([a-z][a-z0-9_.]*)`")
_TOP = "bench|bot|community|deploy|docs|handlers|matching|storage|tests|web"
_PATH = re.compile(rf"`((?:{_TOP})/[\w./-]*)(?:::(\w+))?`")
_ELSEWHERE = {
    "handlers/rules.py", "tests/conversations/test_rules.py",  # the example of a new command
    "deploy/laoyou", "deploy/laoyou.env",  # made by whoever runs the bot
    "bench/search_indexes.py",  # told of as gone
}  # fmt: skip


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


def test_documents_name_files_and_tests_that_exist() -> None:
    documents = {*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")}
    documents.remove(ROOT / "CHANGELOG.md")  # what it tells of may be gone since
    named = {one for document in documents for one in _PATH.findall(document.read_text())}
    gone = {path for path, _ in named if not (ROOT / path).exists()}
    assert gone == _ELSEWHERE
    tests = [(path, test) for path, test in named if test]
    assert all(f"def {test}(" in (ROOT / path).read_text() for path, test in tests)
