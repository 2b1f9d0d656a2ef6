"""python-wechaty is loaded without what a client of a gateway never uses."""

import subprocess
import sys
from pathlib import Path

import pytest

LOAD = """
import sys
from bot.channels.wechaty import shim
shim.apply()
import bot.channels.wechaty.session
print(*sorted(sys.modules))
"""


@pytest.mark.process
def test_the_heavy_parts_stay_out(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", LOAD]
    child = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = child.stdout.split()
    assert "wechaty" in loaded
    assert not {"flask", "sqlalchemy", "cryptography"} & set(loaded)
