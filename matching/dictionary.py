"""jieba's dictionary: how often each word occurs in general Chinese."""

import logging
import marshal
import os
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any


def load_jieba() -> Any:
    """A tokenizer of our own.

    jieba warns on import, logs to stderr, and keeps its words in a file in the temporary folder
    that anybody could have written: none of it is wanted.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 – only inside the guard
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = _words(tokenizer, Path(jieba.__file__).parent)
    tokenizer.initialized = True
    return tokenizer


def _words(tokenizer: Any, package: Path) -> tuple[dict[str, int], int]:
    """Frequencies and their sum, from beside jieba's bytecode, where whoever can write owns it."""
    stat = (package / "dict.txt").stat()
    name = f"dict.{sys.implementation.cache_tag}.{stat.st_size}.{stat.st_mtime_ns}.marshal"
    kept = package / "__pycache__" / name
    with suppress(OSError, EOFError, ValueError, TypeError):  # whatever is wrong: read it anew
        words: tuple[dict[str, int], int] = marshal.loads(kept.read_bytes())
        return words
    words = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    _keep(words, kept)
    return words


def _keep(words: tuple[dict[str, int], int], file: Path) -> None:
    """Written aside and put into place at once; an installation that cannot be written stays."""
    aside = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        aside.write_bytes(marshal.dumps(words))
        aside.replace(file)
