"""Letters as files that people can open, while there is no mail server."""

import os
import re
from pathlib import Path

_ODD = re.compile(r"[^A-Za-z0-9@._+-]")


def write(folder: Path, letter: bytes, *, stamp: str, recipient: str, key: str) -> Path:
    """Store a letter, readable by its owner alone; a file that is there is complete."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{stamp}-{_ODD.sub('_', recipient)[:60]}-{key[:8]}.eml"
    half = path.with_suffix(".part")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(letter)
    half.replace(path)
    return path


def trouble(folder: Path) -> str:
    """Why nothing could be written there; looking changes nothing."""
    there = next(one for one in (folder, *folder.parents) if os.path.exists(one))
    if not there.is_dir():
        return f"{there} 不是文件夹"
    return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} 不能写"
