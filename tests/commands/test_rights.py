"""Folders in which the current user may not do what a command needs: one sentence, no traceback."""

import os
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from bot import commands
from tests.commands.conftest import Laoyou

NOBODY = 65534


@pytest.fixture
def locked_folder(laoyou: Laoyou) -> Iterator[Path]:
    """A folder for ``bind``, outside of those that only root may enter."""
    for module in iter_modules(commands.__path__, "bot.commands."):  # perhaps in a folder of root's
        import_module(module.name)
    laoyou("doctor")  # likewise what is loaded when it is needed
    with tempfile.TemporaryDirectory(prefix="laoyou-") as name:
        folder, me = Path(name), os.geteuid()
        (folder / "my.yaml").write_text("web: {listen: '127.0.0.1:0'}\n")
        yield folder
        os.seteuid(me)
        for one in (folder, *folder.glob("*/")):
            one.chmod(0o700)


def bind(folder: Path, *files: Path) -> None:
    """From now on all of it may only be read, even when the tests run as root."""
    for file in (folder / "my.yaml", *files):
        file.chmod(0o400)
        if os.geteuid() == 0:
            os.chown(file, NOBODY, NOBODY)
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


def troubles(laoyou: Laoyou, folder: Path) -> list[str]:
    """What the doctor finds wrong."""
    outcome = laoyou("doctor", "-c", str(folder / "my.yaml"))
    assert outcome.err == ""
    return [line for line in outcome.out.splitlines() if line[0] == "✗"]


def test_a_read_only_database(laoyou: Laoyou, locked_folder: Path) -> None:
    (locked_folder / "my.yaml").write_text("database: sqlite:///x.db\n")
    laoyou("db", "upgrade", "-c", str(locked_folder / "my.yaml"))
    file = locked_folder / "x.db"
    bind(locked_folder, file)
    assert troubles(laoyou, locked_folder) == [
        f"✗ 数据库：{file}，数据库是只读的 → 请检查数据库和所在文件夹的写权限"
    ]


def test_a_folder_where_no_database_can_be_made(laoyou: Laoyou, locked_folder: Path) -> None:
    bind(locked_folder)
    assert troubles(laoyou, locked_folder) == [
        f"✗ 数据库：{locked_folder}/data/laoyou.db 还没有，而文件夹 {locked_folder} 不能写"
        "（没有权限） → 换一个文件夹，或给它写权限"
    ]


@pytest.fixture
def closed(laoyou: Laoyou, locked_folder: Path) -> str:
    """The configuration of a bot whose data only somebody else may see."""
    config = str(locked_folder / "my.yaml")
    laoyou("db", "upgrade", "-c", config)
    (locked_folder / "data").chmod(0o000)
    bind(locked_folder)
    return config


@pytest.mark.parametrize(
    "command",
    ["run", "db upgrade", "backup all.zip", "restore all.zip", "export one.zip", "matching report"],
)
def test_the_data_of_somebody_else(laoyou: Laoyou, closed: str, command: str) -> None:
    said = laoyou(*command.split(), "-c", closed)
    assert said.status == 1
    assert said.err == "打不开数据库文件：请检查文件夹是否存在、当前用户能否读写\n"


@pytest.mark.usefixtures("closed")
def test_the_doctor_sees_no_data(laoyou: Laoyou, locked_folder: Path) -> None:
    assert troubles(laoyou, locked_folder)[0] == (
        f"✗ 数据库：{locked_folder}/data/laoyou.db，打不开数据库文件"
        " → 请检查文件夹是否存在、当前用户能否读写"
    )


def test_the_current_folder_of_somebody_else(
    laoyou: Laoyou, locked_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = locked_folder / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    home.chmod(0o000)
    bind(locked_folder)
    said = laoyou("run")
    assert (said.status, said.err) == (1, "config.yaml：没有读取它的权限\n")
