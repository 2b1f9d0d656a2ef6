"""The files that run the bot for good, as far as that can be told without a machine of its own."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.app import GRACE
from tests.e2e.process import LAOYOU

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
INSTALLED = "/opt/laoyou/.venv/bin/laoyou"
UNITS = sorted(file.name for file in DEPLOY.iterdir() if file.suffix in (".service", ".timer"))


def settings_of(unit: str) -> Iterator[tuple[str, str]]:
    """Keys and values, in order."""
    for line in (DEPLOY / unit).read_text(encoding="utf-8").splitlines():
        key, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            yield key, value


def packages() -> set[str]:
    """What is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="a tool of systemd")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(INSTALLED, str(LAOYOU))
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [tmp_path / name for name in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    about_ours = [line for line in done.stderr.splitlines() if "laoyou" in line]
    assert (done.returncode, about_ours) == (0, [])


def test_a_stop_has_the_time_that_the_bot_takes_for_it() -> None:
    stops = dict(settings_of("laoyou.service"))["TimeoutStopSec"]
    assert int(stops) > 2 * GRACE
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert int(compose["services"]["laoyou"]["stop_grace_period"].rstrip("s")) > 2 * GRACE


def test_the_newest_fourteen_backups_are_kept(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    days = [f"2026-03-{day:02}" for day in range(1, 21)]
    for day in days:
        (tmp_path / "backups" / f"{day}.laoyou").touch()
    _, tidying = [v for k, v in settings_of("laoyou-backup.service") if k == "ExecStart"]
    command = re.fullmatch(r"/bin/sh -c '(.*)'", tidying.replace("%%", "%"))
    assert command is not None
    for _ in range(2):
        subprocess.run(["/bin/sh", "-c", command[1]], cwd=tmp_path, check=True)
        left = sorted(file.stem for file in (tmp_path / "backups").iterdir())
        assert left == days[-14:]


def test_the_image_holds_all_packages() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert copied == packages()
    assert {f"!{name}" for name in packages()} <= set(sent)


def test_the_image_asks_after_the_bot_that_it_runs() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    asks, runs = (json.loads(one) for one in re.findall(r"^ *CMD (.*)$", text, re.MULTILINE))
    assert asks == ["laoyou", "health", *runs[1:]]


def test_no_port_is_open_to_others() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    ports = [port for one in compose["services"].values() for port in one.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("page", ["operations.md", "operations.zh-CN.md"])
def test_each_file_is_told_of(page: str) -> None:
    told = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for name in (*UNITS, "compose.yaml"):
        assert name in told
