"""jieba's dictionary: how often each word occurs in general Chinese.

Half a million words take a quarter of a second and much memory to load, and a bot at work meets a
fraction of them. So they lie in one file, and those that begin with a character are loaded when a
text has that character in it. What the lexicon changes in them is kept as well.
"""

import hashlib
import logging
import marshal
import os
import sys
import warnings
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Tables = Mapping[str, Mapping[str, int]]
"""First character to words to frequencies. A frequency of 0: words begin so, but none is this."""

_NOTHING: Mapping[str, int] = {}
_CHECK = 4  # bytes


class Dictionary:
    """Frequencies of words, some of them changed so that terms stay in one piece.

    Threads may share it: two that load the same table put the same in its place.
    """

    def __init__(self, total: int, index: Mapping[str, bytes], changed: Tables) -> None:
        self.total = total
        self._index = index
        self._changed = changed
        self._tables: dict[str, Mapping[str, int]] = {}

    def beginning(self, char: str) -> Mapping[str, int]:
        """All words that begin with the character, and what they begin with."""
        table = self._tables.get(char)
        return self._load(char) if table is None else table

    def frequency(self, word: str) -> int:
        """How often it occurs; 0 for what is no word."""
        return 0 if self._lacks(word) else self.beginning(word[:1]).get(word, 0)

    def begins(self, text: str) -> bool:
        """Whether some word begins so."""
        return not self._lacks(text) and text in self.beginning(text[:1])

    def _lacks(self, text: str) -> bool:
        """Told without loading a table: who looks for slips of the pen tries each character."""
        char = text[:1]
        if char in self._tables or text in self._changed.get(char, _NOTHING):
            return False
        return text.encode("utf-8", "surrogatepass") not in self._index.get(char, b"")

    def _load(self, char: str) -> Mapping[str, int]:
        packed = self._index.get(char)
        table: dict[str, int] = marshal.loads(packed) if packed else {}
        table.update(self._changed.get(char, _NOTHING))
        self._tables[char] = table  # not before it is complete
        return table


def load(terms: Iterable[str]) -> tuple[Dictionary, Mapping[str, int]]:
    """The dictionary in which these terms stay in one piece, and how often they were in it before.

    A term that is part of another has to be known when that one is taught: shorter ones go first.
    """
    ordered = sorted(set(terms), key=lambda term: (len(term), term))
    folder, name = _place()
    total, index = _index(folder, name)
    key = hashlib.sha256("\n".join((name, *ordered)).encode()).hexdigest()
    kept = folder / f"terms.{sys.implementation.cache_tag}.marshal"
    with suppress(OSError, EOFError, ValueError, TypeError):
        found, general, changed = marshal.loads(_sound(kept.read_bytes()))
        if found == key:
            return Dictionary(total, index, changed), general
    words = {
        word: often for packed in index.values() for word, often in marshal.loads(packed).items()
    }
    general = {term: words.get(term, 0) for term in ordered}
    changed = _taught(words, total, ordered)
    _keep(marshal.dumps((key, general, changed)), kept)
    return Dictionary(total, index, changed), general


def _taught(words: dict[str, int], total: int, terms: Iterable[str]) -> dict[str, dict[str, int]]:
    """What changes when each term is made frequent enough to stay in one piece."""
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = words, total, True
    changed: dict[str, dict[str, int]] = {}
    for term in terms:
        share = 1.0
        for part in tokenizer.cut(term, HMM=False):
            share *= max(words.get(part, 1), 1) / total
        new = {term[:end]: 0 for end in range(1, len(term)) if term[:end] not in words}
        new[term] = max(int(share * total) + 1, words.get(term, 0))
        words |= new
        changed.setdefault(term[0], {}).update(new)
    return changed


def _jieba() -> Any:
    """The library, which warns on import, and logs to stderr: neither is wanted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 – only inside the guard, and only for a first start
    jieba.setLogLevel(logging.WARNING)
    return jieba


def _place() -> tuple[Path, str]:
    """Beside jieba's bytecode, where whoever can write owns it, and what the words are known by.

    jieba's own place is the temporary folder, in which anybody could have put a file.
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba")
    package = Path(spec.origin).parent
    stat = (package / "dict.txt").stat()
    return package / "__pycache__", f"{stat.st_size}.{stat.st_mtime_ns}"


def _index(folder: Path, name: str) -> tuple[int, Mapping[str, bytes]]:
    """The sum of all frequencies, and each character's words, packed."""
    kept = folder / f"words.{sys.implementation.cache_tag}.{name}.marshal"
    with suppress(OSError, EOFError, ValueError, TypeError):  # whatever is wrong: read it anew
        found: tuple[int, Mapping[str, bytes]] = marshal.loads(_sound(kept.read_bytes()))
        return found
    tokenizer = _jieba().Tokenizer()
    with (folder.parent / "dict.txt").open("rb") as file:
        words, total = tokenizer.gen_pfdict(file)
    tables: dict[str, dict[str, int]] = {}
    for word, often in words.items():
        tables.setdefault(word[0], {})[word] = often
    index = {char: marshal.dumps(table) for char, table in tables.items()}
    _keep(marshal.dumps((total, index)), kept)
    return total, index


def _sound(data: bytes) -> bytes:
    """What was kept, if all of it is there. Raises ValueError."""
    body = data[_CHECK:]
    if zlib.crc32(body).to_bytes(_CHECK) != data[:_CHECK]:
        raise ValueError
    return body


def _keep(body: bytes, file: Path) -> None:
    """Written aside and put into place at once; an installation that cannot be written stays."""
    aside = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        aside.write_bytes(zlib.crc32(body).to_bytes(_CHECK) + body)
        aside.replace(file)
