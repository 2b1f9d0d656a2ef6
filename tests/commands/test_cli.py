"""The command line: words, exit statuses, and nothing but sentences."""

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from bot import cli
from bot.errors import StartError, WrongUseError
from tests.commands.conftest import Laoyou

LAOYOU = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())"]
TOP = Path(__file__).parents[2]

WRONG_USES = [
    ((), "缺少 命令。看说明：laoyou --help"),
    (
        ("dance",),
        "没有 dance，可以写 run、doctor、health、db、import、backup、restore、export、eval、"
        "matching。看说明：laoyou --help",
    ),
    (("export",), "缺少 FILE。看说明：laoyou export --help"),
    (("db",), "缺少 命令。看说明：laoyou db --help"),
    (("db", "drop"), "没有 drop，可以写 upgrade。看说明：laoyou db --help"),
    (("import", "members"), "缺少 FILE。看说明：laoyou import members --help"),
    (("import", "members", "a.csv", "--dry"), "不认识 --dry。看说明：laoyou --help"),
    (("eval",), "缺少 DIR。看说明：laoyou eval --help"),
    (("eval", "d", "--json=1"), "--json 后面不能带 1。看说明：laoyou eval --help"),
    (("eval", "d", "--explain"), "--explain 后面缺少内容。看说明：laoyou eval --help"),
    (("matching", "try", "找会计"), "缺少 --kind。看说明：laoyou matching try --help"),
    (("run", "now"), "不认识 now。看说明：laoyou --help"),
    (("run", "-c"), "-c/--config 后面缺少内容。看说明：laoyou run --help"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG_USES)
def test_wrong_use_is_status_2(laoyou: Laoyou, arguments: tuple[str, ...], sentence: str) -> None:
    outcome = laoyou(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"用法不对：{sentence}\n"


HELPS = [
    ("--help",),
    ("run", "-h"),
    ("doctor", "-h"),
    ("db", "-h"),
    ("db", "upgrade", "-h"),
    ("import", "-h"),
    ("import", "members", "-h"),
    ("import", "community", "-h"),
    ("health", "-h"),
    ("backup", "-h"),
    ("restore", "-h"),
    ("export", "-h"),
    ("eval", "-h"),
    ("matching", "-h"),
    ("matching", "try", "-h"),
    ("matching", "report", "-h"),
    ("matching", "learn", "-h"),
    ("matching", "rollback", "-h"),
]


@pytest.mark.parametrize("arguments", HELPS)
def test_help_is_in_chinese(laoyou: Laoyou, arguments: tuple[str, ...]) -> None:
    outcome = laoyou(*arguments)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("用法：laoyou")
    for english in ("usage", "options", "positional", "show this"):
        assert english not in outcome.out


def test_version(laoyou: Laoyou) -> None:
    assert laoyou("--version").out.startswith("老友 0.")


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'sqlalchemy', 'pydantic', 'jieba', 'yaml', 'loguru', 'asyncio'}"
    code = f"import sys; from bot.cli import main; main(['-h']); print({heavy} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, check=True)
    assert out.stdout.decode().endswith("\nset()\n")


FAILURES = [
    (("run", "-c", "no.yaml"), "no.yaml：没有这个文件，请检查 -c 后面的路径\n"),
    (("-c", "no.yaml", "run"), "no.yaml：没有这个文件，请检查 -c 后面的路径\n"),
    (
        ("-c", "a.yaml", "db", "-c", "no.yaml", "upgrade"),
        "no.yaml：没有这个文件，请检查 -c 后面的路径\n",
    ),
    (
        ("import", "members", "a.csv", "-c", "no.yaml"),
        "no.yaml：没有这个文件，请检查 -c 后面的路径\n",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), FAILURES)
def test_an_expected_failure_is_status_1(
    laoyou: Laoyou, arguments: tuple[str, ...], sentence: str
) -> None:
    outcome = laoyou(*arguments)
    assert (outcome.status, outcome.out, outcome.err) == (1, "", sentence)


def test_a_bad_configuration_stops_the_start(laoyou: Laoyou, folder: Path) -> None:
    outcome = laoyou("run", config="limits:\n  posts_per_day: 三\nlimit: {}\n")
    assert outcome.status == 1
    assert outcome.err.splitlines() == [
        'config.yaml 第 2 行：limits.posts_per_day 应为整数，现在是 "三"',
        "config.yaml 第 3 行：不认识 limit，是不是 limits？",
    ]
    assert not (folder / "data").exists()


def test_an_unknown_log_level(laoyou: Laoyou, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAOYOU_LOG", "loud")
    outcome = laoyou("db", "upgrade")
    assert outcome.status == 1
    assert outcome.err.startswith("环境变量 LAOYOU_LOG 应为 TRACE、DEBUG、INFO")


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (StartError("坏了"), 1, "坏了\n"),
        (WrongUseError("不对"), 2, "不对\n"),
    ],
)
def test_trouble_within_a_command(
    laoyou: Laoyou,
    monkeypatch: pytest.MonkeyPatch,
    trouble: BaseException,
    status: int,
    said: str,
) -> None:
    def command(_args: Namespace) -> int:
        raise trouble

    monkeypatch.setitem(cli.COMMANDS, "run", command)
    outcome = laoyou("run")
    assert (outcome.status, outcome.err) == (status, said)


@pytest.mark.process
def test_output_that_nobody_reads_ends_it_quietly(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environ = os.environ | {"PYTHONPATH": str(TOP)}
    done = subprocess.run(
        [*LAOYOU, "db", "upgrade"],
        cwd=tmp_path,
        env=environ,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.process
def test_a_terminal_without_chinese_gets_question_marks(tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": str(TOP), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*LAOYOU, "db", "upgrade"], cwd=tmp_path, env=environ, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith("数据库建好了：".encode("ascii", "replace"))


@pytest.mark.process
@pytest.mark.parametrize(
    ("where", "outcome"),
    [(">&-", (0, "")), ("<&- >&- 2>&-", (0, "")), (">/dev/full", (1, "结果写不出去：磁盘满了\n"))],
)
def test_output_that_goes_nowhere(where: str, outcome: tuple[int, str], tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": str(TOP), "PYTHONIOENCODING": "utf-8"}
    command = ["sh", "-c", f'exec "$@" {where}', "sh", *LAOYOU, "db", "upgrade"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == outcome
    assert (tmp_path / "data" / "laoyou.db").exists()
