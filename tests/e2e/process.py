"""``laoyou`` started the way an operator starts it."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.forking import Forked, Forks

LAOYOU = Path(sys.executable).with_name("laoyou")
PATIENCE = 180.0  # seconds until a process that does not end fails the test
QUICK = {"min_interval": 0, "per_hour": 0}  # no pacing: nobody reads along


class Laoyou:
    """One bot with its folder and config file."""

    def __init__(self, folder: Path, forks: Forks | None = None, **config: Any) -> None:
        """``forks``: who starts it; else the ``laoyou`` that is installed is started."""
        self.folder = folder
        self._forks = forks
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "config.yaml"
        self.write(**config)
        self.log = ""  # what it has written to standard error so far
        self._begun = 0
        self._written = asyncio.Condition()
        self._reading: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | Forked | None = None

    def write(self, **config: Any) -> None:
        """Write the config file; any free port will do where none is asked for."""
        config.setdefault("web", {"listen": "127.0.0.1:0"})
        self.file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")

    async def start(self) -> None:
        """``laoyou run``, with nothing on its standard input."""
        self._begun = len(self.log)
        self._process = await self._launch("run")
        assert self._process.stderr is not None
        self._reading = asyncio.create_task(self._read(self._process.stderr))

    async def command(self, *arguments: str | Path, stdin: str = "") -> tuple[int, str, str]:
        """Any other command, to its end: exit status, standard output, standard error."""
        process = await self._launch(*map(str, arguments), stdin=stdin)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def stop(self) -> int:
        """SIGTERM; gives the exit status."""
        assert self._process is not None
        self._process.terminate()
        return await self.ended()

    async def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self._process.kill()
        await self.ended()

    async def ended(self) -> int:
        """Wait until the process has ended; gives its exit status."""
        assert self._process is not None
        assert self._reading is not None
        async with asyncio.timeout(PATIENCE):
            status = await self._process.wait()
            await self._reading
        self._process = None
        return status

    async def close(self) -> None:
        """Leave nothing running behind a test that failed, and show why it may have failed."""
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            await self.ended()
        sys.stderr.write(self.log)

    async def logs(self, words: str) -> None:
        """Wait until it has written these words since its start."""
        async with self._written, asyncio.timeout(PATIENCE):
            await self._written.wait_for(lambda: words in self.log[self._begun :])

    async def _read(self, stream: asyncio.StreamReader) -> None:
        async for line in stream:
            async with self._written:
                self.log += line.decode()
                self._written.notify_all()

    async def _launch(
        self, *arguments: str, stdin: str = ""
    ) -> asyncio.subprocess.Process | Forked:
        arguments = (*arguments, "-c", str(self.file))
        if self._forks is not None:
            return await self._forks.start(arguments, self._environment(), stdin.encode())
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            LAOYOU, *arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=self._environment()
        )
        assert process.stdin is not None
        process.stdin.write(stdin.encode())
        process.stdin.close()
        return process

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "ONEBOT_TOKEN": "secret", "PYTHONUTF8": "1"}
