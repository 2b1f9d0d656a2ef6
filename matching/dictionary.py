"""jieba's dictionary: how often each word occurs in general Chinese.

Half a million words take a quarter of a second and much memory to load, and a bot at work meets a
fraction of them. So they lie in one file, and those that begin with a character are loaded when a
text has that character in it. What the lexicon changes in them is kept as well.
"""

import hashlib
import logging
import marshal
import warnings
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from matching.disk_cache import cached
from matching.folding import has_han

Tables = Mapping[str, Mapping[str, int]]
"""First character to words to frequencies. A frequency of 0: words begin so, but none is this."""

_EMPTY: Mapping[str, int] = {}


class Dictionary:
    """Frequencies of words, some of them changed so that terms stay in one piece.

    Threads may share it: two that load the same table put the same in its place.
    """

    def __init__(self, total: int, index: Mapping[str, bytes], changed: Tables) -> None:
        self.total = total
        self._index = index
        self._changed = changed
        self._tables: dict[str, Mapping[str, int]] = {}

    def words_starting_with(self, char: str) -> Mapping[str, int]:
        """All words that begin with the character, and what they begin with."""
        table = self._tables.get(char)
        return self._load(char) if table is None else table

    def frequency(self, word: str) -> int:
        """How often it occurs; 0 for what is no word."""
        return 0 if self._lacks(word) else self.words_starting_with(word[:1]).get(word, 0)

    def is_prefix(self, text: str) -> bool:
        """Whether some word begins so."""
        return not self._lacks(text) and text in self.words_starting_with(text[:1])

    def _lacks(self, text: str) -> bool:
        """Told without loading a table: who looks for slips of the pen tries each character."""
        char = text[:1]
        if char in self._tables or text in self._changed.get(char, _EMPTY):
            return False
        return text.encode("utf-8", "surrogatepass") not in self._index.get(char, b"")

    def _load(self, char: str) -> Mapping[str, int]:
        packed = self._index.get(char)
        table: dict[str, int] = marshal.loads(packed) if packed else {}
        table.update(self._changed.get(char, _EMPTY))
        self._tables[char] = table  # not before it is complete
        return table


def load(terms: Sequence[str]) -> tuple[Dictionary, Mapping[str, int]]:
    """The dictionary in which these terms stay in one piece, and how often they were in it before.

    Only those can be cut that have several characters, and Chinese ones among them. One that is
    part of another has to be known when that one is taught: shorter ones go first.
    """
    package, name = _installation()
    total, index = cached(package, "words", name, lambda: _packed(package))

    def taught() -> tuple[dict[str, int], dict[str, dict[str, int]]]:
        words = _unpacked(index)
        ordered = sorted({term for term in terms if len(term) > 1 and has_han(term)})
        before = {term: words.get(term, 0) for term in ordered}
        return before, _frequency_changes(words, total, sorted(ordered, key=len))

    # As they come: what is kept already need not be looked through, nor put in order.
    key = hashlib.sha256("\n".join((name, *terms)).encode()).hexdigest()
    general, changed = cached(package, "terms", key, taught)
    return Dictionary(total, index, changed), general


def _frequency_changes(
    words: dict[str, int], total: int, terms: Iterable[str]
) -> dict[str, dict[str, int]]:
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


def _installation() -> tuple[Path, str]:
    """Where jieba lies, and what its words are known by.

    jieba's own place for them is the temporary folder, in which anybody could have put a file.
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba")
    package = Path(spec.origin).parent
    stat = (package / "dict.txt").stat()
    return package, f"{stat.st_size}.{int(stat.st_mtime)}"  # an image keeps whole seconds


def _packed(package: Path) -> tuple[int, dict[str, bytes]]:
    """The sum of all frequencies, and the words that begin with each character."""
    with (package / "dict.txt").open("rb") as file:
        words, total = _jieba().Tokenizer().gen_pfdict(file)
    tables: dict[str, dict[str, int]] = {}
    for word, often in words.items():
        tables.setdefault(word[0], {})[word] = often
    return total, {char: marshal.dumps(table) for char, table in tables.items()}


def _unpacked(index: Mapping[str, bytes]) -> dict[str, int]:
    words: dict[str, int] = {}
    for packed in index.values():
        words |= marshal.loads(packed)
    return words
