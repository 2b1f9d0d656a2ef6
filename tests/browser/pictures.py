"""Pictures of pages, for the documentation and for whoever looks into a failure."""

import os
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page

VARIABLE = "LAOYOU_PICTURES"
_STILL = ".tabs { position: static !important; }"


class Screenshot(Protocol):
    """Draws the page as it is now into ``<name>.png``, all of it or only what is in view.

    Only where pictures are wanted: drawing one takes its time, and fails on a crowded machine.
    """

    def __call__(self, page: Page, name: str, *, whole: bool = False) -> None: ...


def take(page: Page, name: str, *, whole: bool = False) -> None:
    """Into the folder that the variable names."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return
    file = Path(folder) / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    # On a long picture what is fixed to the screen would stand in the middle.
    page.screenshot(
        path=file, full_page=whole, animations="disabled", style=_STILL if whole else None
    )
