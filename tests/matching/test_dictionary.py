"""The dictionary is read once and kept beside jieba's bytecode."""

from pathlib import Path

import pytest

from matching.dictionary import load_jieba

KEPT = "dict.*.marshal"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where jieba lies for this test."""
    load_jieba()  # it warns when it is compiled, and that is none of ours
    import jieba  # noqa: PLC0415

    real = Path(jieba.__file__).parent
    (tmp_path / "dict.txt").write_bytes((real / "dict.txt").read_bytes())
    monkeypatch.setattr(jieba, "__file__", str(tmp_path / "__init__.py"))
    return tmp_path


def test_it_is_kept_and_read_back(package: Path) -> None:
    (package / "__pycache__").mkdir()
    first = load_jieba()
    [kept] = package.glob(f"__pycache__/{KEPT}")
    second = load_jieba()
    assert (second.FREQ, second.total) == (first.FREQ, first.total)
    assert second.FREQ["老友"] > 0
    kept.write_bytes(b"half of it")
    assert load_jieba().total == first.total


def test_an_installation_that_cannot_be_written_works(package: Path) -> None:
    assert load_jieba().FREQ["老友"] > 0
    assert not (package / "__pycache__").exists()
