"""Which browser is taken."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.chromium import started
from tests.browser.install import Installed, installed

pytestmark = pytest.mark.browser


def _program(file: Path, *lines: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(("#!/bin/sh", *lines, "")))
    file.chmod(0o755)


def test_the_machines_own_where_ours_cannot_run(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Installed(tmp_path / "broken")
    broken.folder.mkdir()
    _program(broken.program, "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}")
    with pytest.raises(Error):
        started(browser.browser_type, broken)
    ours = installed()
    _program(
        tmp_path / "bin" / "google-chrome",
        f"echo taken > {tmp_path / 'log'}",
        f'LD_LIBRARY_PATH={ours.libraries} exec {ours.program} "$@"',
    )
    started(browser.browser_type, broken).close()
    assert (tmp_path / "log").read_text() == "taken\n"
