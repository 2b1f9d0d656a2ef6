"""Clicking twice, as people do where a page is slow to come: it is meant once."""

from datetime import timedelta
from typing import Final

WITHIN: Final = timedelta(minutes=1)
"""Later the same once more is meant so."""
