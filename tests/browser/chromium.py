"""Starts the browser, one for all tests of a process."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, Error

from tests.browser.install import Installed

_OF_THE_MACHINE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    "--no-sandbox",  # needs rights that root and containers do not have; only our pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--font-render-hinting=none",  # the same glyphs at every scale
    "--force-color-profile=srgb",
    # Nothing leaves the machine, not even a question to a name server.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
)


def started(chromium: BrowserType, parts: Installed) -> Browser:
    """Our own browser; where it cannot run, one that is found on the machine."""
    fonts = {"FONTCONFIG_FILE": str(parts.fonts)}
    libraries = {"LD_LIBRARY_PATH": str(parts.libraries)}
    try:
        return _launch(chromium, parts.program, {**fonts, **libraries})
    except Error:
        other = next(filter(None, map(shutil.which, _OF_THE_MACHINE)), None)
        if other is None:
            raise
        return _launch(chromium, Path(other), fonts)


def _launch(chromium: BrowserType, program: Path, env: dict[str, str]) -> Browser:
    return chromium.launch(executable_path=program, args=_OPTIONS, env={**os.environ, **env})
