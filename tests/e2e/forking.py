"""``laoyou`` without the second that it takes to load, which a test run would pay for dozens of
times: ``python -m tests.e2e.forking 3`` loads it once, and forks a process for each start that it
is asked for at that socket, with the analyser. Nothing else is spared: each has its own arguments,
environment and streams, and begins, runs and ends as the command does.
"""

import asyncio
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module

from bot import analyser_reload, cli
from handlers.framework.discovery import discover
from matching import Analyser
from matching.concepts import Lexicon

_LOADED = "bot.commands.run", "bot.commands.backup", "bot.commands.import_members"
_LONGEST = 1 << 20  # bytes that are read at once
_FDS = 4  # the standard streams, and where to report to


class Forked:
    """A process that was forked; whoever knows ``asyncio.subprocess.Process`` knows it."""

    def __init__(self, pid: int, report: asyncio.StreamReader, *out: asyncio.StreamReader) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdout, self.stderr = out
        self._report = report

    async def communicate(self, _stdin: bytes | None = None) -> tuple[bytes, bytes]:
        """All that it writes until its end; what it is to read it has been given before."""
        written = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return written[0], written[1]

    async def wait(self) -> int:
        """Wait until it has ended; gives its exit status."""
        if self.returncode is None:
            self.returncode = int(await self._report.read())
        return self.returncode

    def terminate(self) -> None:
        """SIGTERM."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(self.pid, number)


class Forks:
    """The process that forks, as whoever asks it sees it."""

    def __init__(self) -> None:
        self._door, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(theirs.fileno())],
                # What Python made of a pipe stays one: in a fork the streams are pipes again.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONUTF8": "1"},
            )

    async def start(
        self, arguments: Sequence[str], environment: Mapping[str, str], stdin: bytes
    ) -> Forked:
        """Start ``laoyou``; ``stdin`` has to fit into a pipe."""
        pipes = [os.pipe() for _ in range(_FDS)]
        (readable, writable), *out = pipes
        os.write(writable, stdin)
        os.close(writable)
        theirs = [readable, *(write for _, write in out)]
        asked = json.dumps([[*arguments], {**environment}]) + "\n"
        socket.send_fds(self._door, [asked.encode()], theirs)
        for number in theirs:
            os.close(number)
        stdout, stderr, report = [await _reader(read) for read, _ in out]
        return Forked(int(await report.readline()), report, stdout, stderr)

    def close(self) -> None:
        """Nobody asks any more."""
        self._door.close()
        _, trouble = self._process.communicate()
        assert not trouble, trouble.decode()


async def _reader(number: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(number, "rb"))
    return reader


def main() -> None:
    """Fork for each request, until the other side is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # each fork has somebody else who waits for it
    for module in _LOADED:
        import_module(module)
    discover()
    vars(analyser_reload)["Analyser"] = _known(Analyser())
    gc.freeze()  # what is loaded is shared with each fork, and not looked through in it
    with socket.socket(fileno=int(sys.argv[1])) as door:
        while request := _request(door):
            (arguments, environment), fds = request
            if not os.fork():
                door.close()
                _run(arguments, environment, fds)
            for number in fds:
                os.close(number)


def _known(analyser: Analyser) -> Callable[..., Analyser]:
    """The analyser without an operator's words is loaded here, too: it is only read."""

    def make(lexicon: Lexicon | None = None) -> Analyser:
        return analyser if lexicon is None else Analyser(lexicon=lexicon)

    return make


def _request(door: socket.socket) -> tuple[tuple[list[str], dict[str, str]], list[int]] | None:
    asked, fds, _, _ = socket.recv_fds(door, _LONGEST, _FDS)
    while asked and not asked.endswith(b"\n"):
        asked += door.recv(_LONGEST)
    return (json.loads(asked), fds) if asked else None


def _run(arguments: list[str], environment: dict[str, str], fds: list[int]) -> None:
    """Run ``laoyou`` in a fork, and report its process and its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, report = fds
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        os.write(report, f"{child}\n".encode())
        _, ended = os.waitpid(child, 0)
        os.write(report, f"{os.waitstatus_to_exitcode(ended)}\n".encode())
        os._exit(0)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(len(streams), os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
