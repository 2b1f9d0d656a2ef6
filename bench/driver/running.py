"""A bot as a process of its own, and what the system says of it."""

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_START = 60.0  # seconds
_LOOK = 0.002
_REST = 0.5  # seconds
_IDLE = 0.03  # of the processor in that time: a bot that does nothing looks at its clock


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


class Running:
    """One process. What it writes is in ``log`` in its folder."""

    def __init__(self, command: Sequence[str], folder: Path, **environment: str) -> None:
        self.started = time.perf_counter()
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**_inherited(os.environ), **environment},
            )
        self._stat = Path(f"/proc/{self._process.pid}/stat")
        self._status = Path(f"/proc/{self._process.pid}/status")

    async def opens(self, port: int) -> None:
        """Wait until it listens."""
        async with asyncio.timeout(_START):
            while True:
                if self._process.poll() is not None:
                    raise SystemExit(f"ended with {self._process.returncode} before it listened")
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(_LOOK)
                else:
                    writer.close()
                    return

    async def settled(self) -> None:
        """Wait until it has nothing to do."""
        before = self.cpu()
        await asyncio.sleep(_REST)
        while (now := self.cpu()) - before > _IDLE:
            before = now
            await asyncio.sleep(_REST)

    def cpu(self) -> float:
        """Seconds of the processor, of all its threads."""
        fields = self._stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> float:
        """Megabytes that it holds in memory."""
        lines = self._status.read_text().splitlines()
        resident = next(line for line in lines if line.startswith("VmRSS:"))
        return int(resident.split()[1]) / 1024

    def stop(self) -> None:
        """End it, by force where asking does not help."""
        self._process.terminate()
        try:
            self._process.wait(_START)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Each module is compiled once, whatever the shell says about bytecode."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
