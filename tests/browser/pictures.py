"""Pictures of pages, for the documentation and for whoever looks into a failure."""

import os
from pathlib import Path
from typing import Literal, Protocol

from playwright.sync_api import Page

VARIABLE = "LAOYOU_PICTURES"
_STILL = "document.querySelectorAll('.tabs').forEach(one => one.style.position = 'static')"
_AGAIN = "document.querySelectorAll('.tabs').forEach(one => one.style.position = '')"


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
    page.wait_for_load_state()  # a phone draws a page small before it has read how wide it is
    if whole:  # what is fixed to the screen would stand in the middle of a long picture
        page.evaluate(_STILL)
    scale: Literal["css", "device"] = "css" if whole else "device"  # long ones are large enough
    page.screenshot(path=file, full_page=whole, animations="disabled", scale=scale)
    if whole:
        page.evaluate(_AGAIN)
