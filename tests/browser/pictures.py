"""Pictures of pages, for the documentation and for whoever looks into a failure."""

import os
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page

VARIABLE = "LAOYOU_PICTURES"


class Screenshot(Protocol):
    """Draws the page as it is now into ``<name>.png``, all of it or only what is in view."""

    def __call__(self, page: Page, name: str, *, whole: bool = False) -> Path: ...


def folder(otherwise: Path) -> Path:
    """Where pictures go: where the variable says, else they are gone with the test's files."""
    return Path(os.environ.get(VARIABLE) or otherwise)


def drawn(page: Page, file: Path, *, whole: bool) -> Path:
    """The file, once it is written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=whole, animations="disabled")
    return file
