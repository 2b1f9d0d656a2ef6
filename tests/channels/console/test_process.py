"""The console on the streams of a real process: a pipe, and a terminal with a person at it."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

pytestmark = pytest.mark.process

ECHO_BOT = [sys.executable, "-m", "tests.channels.console.echo_bot"]
TOP = Path(__file__).parents[3]
PATIENCE = 60.0
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")


class Person:
    """Somebody at a terminal, who reads what stands on it and types."""

    def __init__(self, stderr: BinaryIO | None = None) -> None:
        self._master, slave = pty.openpty()
        environ = os.environ | {"PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"}
        environ.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            ECHO_BOT, stdin=slave, stdout=slave, stderr=stderr or slave, cwd=TOP, env=environ
        )
        os.close(slave)
        self.raw = b""
        self._read_up_to = 0

    def types(self, text: str) -> None:
        """Press keys."""
        os.write(self._master, text.encode())

    def sees(self, text: str) -> None:
        """Wait until the text stands on the terminal, after what was seen before."""
        deadline = time.monotonic() + PATIENCE
        while (at := self.screen.find(text, self._read_up_to)) < 0:
            ready, _, _ = select.select([self._master], [], [], deadline - time.monotonic())
            assert ready, f"no {text!r} in {self.screen!r}"
            try:
                more = os.read(self._master, 4096)
            except OSError:  # Linux says so when the other end has gone
                more = b""
            assert more, f"the bot went away before {text!r}: {self.screen!r}"
            self.raw += more
        self._read_up_to = at + len(text)

    @property
    def screen(self) -> str:
        """All that was printed, without colours and movements."""
        return _ESCAPES.sub(b"", self.raw).decode(errors="replace")

    @contextmanager
    def here(self) -> Iterator["Person"]:
        """Stay for a while, and leave whatever happens."""
        try:
            yield self
        finally:
            self.process.kill()
            self.process.wait()
            os.close(self._master)


@pytest.fixture
def person() -> Iterator[Person]:
    with Person().here() as person:
        yield person


def test_a_person_at_a_terminal(person: Person) -> None:
    person.sees("你在和老友说话")
    person.sees("Ctrl-D 结束")
    person.sees("我>")
    person.types("#need 找人\r")
    person.sees("老友: 收到 #need 找人")
    person.types("/我是 李四\r")
    person.sees("李四>")
    person.types("王五（私聊）: #帮助\r")
    person.sees("老友 → 王五: 收到 #帮助")
    person.sees("王五（私聊）>")
    person.types("/什么\r")
    person.sees("没有这个命令")
    person.types("/退出\r")
    person.sees("bye")
    assert person.process.wait(PATIENCE) == 0
    assert b"\x1b[1;32m" in person.raw  # the bot's name has a colour


def test_what_is_printed_leaves_the_half_typed_line_alone(person: Person) -> None:
    person.sees("我>")
    person.types("#nee")
    person.sees("#nee")
    person.process.send_signal(signal.SIGUSR1)
    person.sees("老友: 打扰一下")
    person.sees("#nee")
    person.types("d 找人\r")
    person.sees("老友: 收到 #need 找人")


def test_a_log_that_goes_to_a_file_stays_there(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as file, Person(file).here() as person:
        person.sees("我>")
        person.process.send_signal(signal.SIGUSR1)
        person.sees("老友: 打扰一下")
        person.sees("我>")  # while something is printed, the terminal itself would take the Ctrl-D
        person.types("\x04")
        person.sees("bye")
    assert "log:" not in person.screen
    assert log.read_text() == "log: sent\n"


@pytest.mark.parametrize("key", ["\x04", "\x03"])
def test_ctrl_d_and_ctrl_c_end_it_quietly(person: Person, key: str) -> None:
    person.sees("我>")
    person.types(key)
    person.sees("bye")
    assert person.process.wait(PATIENCE) == 0
    assert "Traceback" not in person.screen


def test_a_signal_ends_it_at_the_prompt(person: Person) -> None:
    person.sees("我>")
    person.process.send_signal(signal.SIGTERM)
    person.sees("bye")
    assert person.process.wait(PATIENCE) == 0
    assert "Traceback" not in person.screen


def piped(stdin: int | None = subprocess.PIPE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ECHO_BOT, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TOP
    )


def test_a_pipe() -> None:
    with piped() as process:
        out, err = process.communicate("张三: 一\n李四: 二\\n三\n".encode(), PATIENCE)
    assert (process.returncode, err) == (0, b"")
    assert out.decode() == "老友: 收到 一\n老友: 收到 二\n  三\nbye\n"


def test_a_signal_ends_it_while_it_waits_for_a_pipe() -> None:
    with piped() as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("张三: 一\n".encode())
        process.stdin.flush()
        assert process.stdout.readline().decode() == "老友: 收到 一\n"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, b"bye\n", b"")


def test_no_standard_input_at_all() -> None:
    with piped(stdin=subprocess.DEVNULL) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, b"bye\n", b"")
