"""When the disk under a database is nearly full."""

from collections.abc import Callable
from pathlib import Path

LEAST_BYTES, LEAST_SHARE = 200 * 2**20, 0.02

DiskUsage = Callable[[Path], tuple[int, int, int]]
"""Total, used and free bytes of the disk that a folder lies on."""


def least_free(total: int) -> float:
    """With fewer free bytes than this, a disk of so many is nearly full."""
    return max(LEAST_BYTES, LEAST_SHARE * total)
