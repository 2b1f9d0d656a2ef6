"""The dictionary is made once, kept beside jieba's bytecode, and cuts as jieba does."""

import shutil
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import dictionary
from matching.segment import Segmenter

TERMS = ("老友", "跨境电商", "会计代账", "代账", "c语言")
FEW = """
老友 30 n
老 900 a
友 500 n
会计 400 n
计 20 v
代 80 v
账 60 n
会 9000 v
""".strip()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where jieba lies for this test, with a few words."""
    dictionary.load(TERMS)  # jieba warns when it is compiled, and that is none of ours
    (tmp_path / "dict.txt").write_text(FEW, encoding="utf-8")
    spec = ModuleSpec("jieba", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(dictionary, "find_spec", lambda _name: spec)
    return tmp_path


def all_of(terms: tuple[str, ...]) -> dict[str, Any]:
    """Every word of the dictionary with these terms."""
    known, _general = dictionary.load(terms)
    return {char: dict(known.words_starting_with(char)) for char in "老友会计代账跨c"}


def test_it_is_kept_and_read_back(package: Path) -> None:
    first = all_of(TERMS)
    kept = sorted(package.glob("__pycache__/*.marshal"))
    assert [file.name.partition(".")[0] for file in kept] == ["terms", "words"]
    assert first["老"]["老友"] >= 30
    assert first["跨"] == {"跨": 0, "跨境": 0, "跨境电": 0, "跨境电商": first["跨"]["跨境电商"]}
    assert all_of(TERMS) == first
    assert all_of(TERMS[:1])["跨"] == {}
    for file in kept:
        whole = file.read_bytes()
        for broken in (b"", b"half of it", whole[:-1], whole[:50] + b"?" + whole[51:]):
            file.write_bytes(broken)
            assert all_of(TERMS) == first


@pytest.mark.usefixtures("package")
def test_what_is_no_word_is_told_without_loading() -> None:
    known, _general = dictionary.load(TERMS)
    asked = ("老友", "老友记", "跨境电商", "跨境", "跨过", "会代", "计", "友", "", "\ud800", "新")
    first = [(known.frequency(word), known.is_prefix(word)) for word in asked]
    for word in asked:
        known.words_starting_with(word[:1])
    assert [(known.frequency(word), known.is_prefix(word)) for word in asked] == first
    assert [word for word, (often, _) in zip(asked, first, strict=True) if often] == [
        "老友",
        "跨境电商",
        "计",
        "友",
    ]


def test_another_dictionary_is_read_anew(package: Path) -> None:
    before = all_of(TERMS)["友"]
    (package / "dict.txt").write_text(FEW.replace("友 500", "友 5000"), encoding="utf-8")
    assert before["友"] == 500
    assert all_of(TERMS)["友"]["友"] == 5000


def test_an_installation_that_cannot_be_written_works(package: Path) -> None:
    (package / "__pycache__").write_text("no folder")
    first = all_of(TERMS)
    assert first["老"]["老友"] >= 30
    assert all_of(TERMS) == first


def test_the_order_of_terms_does_not_matter(package: Path) -> None:
    first = all_of(TERMS)
    shutil.rmtree(package / "__pycache__")
    assert all_of(TERMS[::-1]) == first


@pytest.fixture(scope="module")
def jiebas() -> Any:
    """jieba's own tokenizer, which knows the terms."""
    known = _Whole(dictionary.load(TERMS)[0])
    tokenizer = dictionary._jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = known, known.total, True
    return tokenizer


class _Whole:
    """The dictionary as jieba wants it."""

    def __init__(self, known: dictionary.Dictionary) -> None:
        self._known = known
        self.total = known.total

    def __contains__(self, word: str) -> bool:
        return self._known.is_prefix(word)

    def __getitem__(self, word: str) -> int:
        return self._known.frequency(word)

    def get(self, word: str) -> int:
        return self._known.frequency(word)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    """Ours."""
    return Segmenter(TERMS)


pieces = st.sampled_from([*TERMS[:4], "的", "找一位", "跨境", "会计", "电商公司", "㐀", "鿿", "龥"])
rare = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=2)
texts = st.lists(pieces | rare, max_size=8).map("".join)


@given(text=texts)
def test_it_cuts_as_jieba_does(segmenter: Segmenter, jiebas: Any, text: str) -> None:
    assert [span.text for span in segmenter.words(text)] == list(jiebas.cut(text, HMM=False))
