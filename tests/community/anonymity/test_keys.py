"""The key: made once, kept to oneself, and closed for others."""

from pathlib import Path

from pydantic import SecretStr

from community.anonymity import keys
from community.anonymity.keys import KeyRing
from community.settings import AnonymousKey


def test_what_is_sealed_opens_with_the_same_key_alone() -> None:
    ring, other = KeyRing(b"x" * 32), KeyRing(b"y" * 32)
    sealed = ring.seal("a", "b")
    assert ring.open(sealed) == ["a", "b"]
    assert other.open(sealed) is None
    assert ring.open("") is None
    assert ring.seal("a", "b") != sealed
    assert ring.id != other.id
    assert ring.blind("a", "b") == ring.blind("a", "b") != other.blind("a", "b")
    assert ring.blind("a", "bc") != ring.blind("ab", "c")


def test_a_key_tells_nothing_of_itself() -> None:
    assert "xxx" not in repr(KeyRing(b"x" * 32))


def test_a_new_key_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "anonymous.key"
    made = keys.make(file)
    assert made is not None
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.read(AnonymousKey(file=file)) == made
    assert keys.make(file) == made  # of two processes one was faster
    assert [one.name for one in file.parent.iterdir()] == ["anonymous.key"]


def test_a_secret_of_the_configuration_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "anonymous.key"
    keys.make(file)
    given = AnonymousKey(file=file, secret=SecretStr("x" * 32))
    assert keys.read(given) == KeyRing(b"x" * 32)


def test_no_key_is_read_where_there_is_none(tmp_path: Path) -> None:
    short = tmp_path / "short.key"
    short.write_text("abc")
    assert keys.read(AnonymousKey(file=short)) is None
    assert keys.read(AnonymousKey(file=tmp_path / "none")) is None
    assert keys.read(AnonymousKey()) is None
    (tmp_path / "file").touch()
    assert keys.make(tmp_path / "file" / "anonymous.key") is None
