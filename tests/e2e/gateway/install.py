"""Puts the gateway's packages, as the lock files pin them, into a folder that git ignores."""

import shutil
from pathlib import Path

from tests.npm import NODE, filled

__all__ = ["NODE", "installed"]

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".gateway"
PROGRAM = "gateway.mjs"


def installed(generation: str) -> Path:
    """The program of this generation, ready to be run. The first time takes half a minute."""
    with filled(CACHE / generation, HERE / generation) as folder:
        shutil.copy(HERE / PROGRAM, folder / PROGRAM)
    return folder / PROGRAM
