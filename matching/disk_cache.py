"""A disk cache beside bytecode, where whoever can write could change our code as well."""

import marshal
import os
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_CHECK = 4  # bytes
_MAX_FILES = 8  # of one name: several bots with words of their own may share an installation


def cached(package: Path, name: str, key: str, make: Callable[[], T]) -> T:
    """What was made for the same key, if it is there and whole; else it is made anew.

    It must consist of what ``marshal`` knows.
    """
    tail = f"{zlib.crc32(key.encode()):08x}.{sys.implementation.cache_tag}.marshal"
    file = package / "__pycache__" / f"{name}.{tail}"
    with suppress(OSError, EOFError, ValueError, TypeError):  # whatever is wrong with it
        found, value = marshal.loads(_verified(file.read_bytes()))
        if found == key:
            same: T = value
            return same
    made = make()
    _write((key, made), file)
    _delete_old(file.parent, name)
    return made


def _verified(data: bytes) -> memoryview:
    """The body, if all of it is there. Raises ValueError."""
    body = memoryview(data)[_CHECK:]
    if zlib.crc32(body).to_bytes(_CHECK) != data[:_CHECK]:
        raise ValueError
    return body


def _write(value: Any, file: Path) -> None:
    """Written aside and put into place at once; an installation that cannot be written stays."""
    body = marshal.dumps(value)
    aside = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        aside.write_bytes(zlib.crc32(body).to_bytes(_CHECK) + body)
        aside.chmod(0o644)  # there is nothing private in it, and the bot may be another user
        aside.replace(file)


def _delete_old(folder: Path, name: str) -> None:
    """All but the newest; another process may be about the same."""
    with suppress(OSError):
        found = sorted(folder.glob(f"{name}.*.marshal"), key=lambda file: file.stat().st_mtime_ns)
        for file in found[:-_MAX_FILES]:
            file.unlink(missing_ok=True)
