"""What is kept is found again, and never more than a little of it."""

from functools import partial
from pathlib import Path

from matching.disk_cache import cached


def fail() -> int:
    raise AssertionError("made again")


def test_each_key_has_its_own_and_the_oldest_go(tmp_path: Path) -> None:
    for number in range(12):
        assert cached(tmp_path, "a", f"key {number}", partial(int, number)) == number
    assert cached(tmp_path, "b", "key 11", lambda: 99) == 99
    assert cached(tmp_path, "a", "key 11", fail) == 11
    assert len(list(tmp_path.glob("__pycache__/a.*"))) == 8
    assert cached(tmp_path, "a", "key 0", lambda: 0) == 0
