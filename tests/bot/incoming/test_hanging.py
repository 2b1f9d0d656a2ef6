"""A handler that never comes back keeps neither the process nor its message for ever."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Database
from storage.tables import Inbox
from tests.bot.incoming.hanging import HANGING

pytestmark = pytest.mark.process

PATIENCE = 180.0  # seconds until a process that does not end fails the test


def test_the_process_ends_and_the_message_waits_for_the_next(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("{}")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bot.incoming.hanging", str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("张三: #hang\n张三: #hang\n")
        process.stdin.flush()
        assert process.stdout.readline().strip() == HANGING
        process.terminate()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert "不再等它" in err
    assert "Traceback" not in err
    database = Database(f"sqlite:///{tmp_path}/data/laoyou.db")
    with closing(database), database.read() as session:
        assert set(session.exec(select(Inbox.state))) == {"new"}
