"""Starting as a process does, and what keeps it from starting."""

import io
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot import start
from bot.commands.run import run
from bot.config import Config, load
from bot.errors import StartError
from handlers.framework.discovery import FeatureClashError
from storage.database import Database
from tests.bot.outage import cut_off


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port that somebody else listens on."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def config(folder: Path, text: str) -> Config:
    file = folder / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_two_features_with_one_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def clash() -> None:
        raise FeatureClashError("#need is claimed by need and find")

    monkeypatch.setattr(start, "discover", clash)
    with pytest.raises(StartError, match="两个功能用了同一个指令：#need is claimed"):
        run(config(tmp_path, "{}"))
    assert not (tmp_path / "data").exists()  # before anything is opened or made


def test_a_busy_port(tmp_path: Path, busy_port: int) -> None:
    text = f"""
channels: [{{type: onebot, access_token: ""}}]
communities: [{{id: c, name: 社群, groups: ["onebot:100"]}}]
web: {{listen: "127.0.0.1:{busy_port}"}}
"""
    with pytest.raises(StartError, match=f"端口 {busy_port} 已被占用"):
        run(config(tmp_path, text))


def test_a_database_that_goes_away_while_the_bot_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe, gone = Database.probe, ExitStack()

    def last_look(database: Database) -> None:
        probe(database)
        gone.enter_context(cut_off(database, times=1))

    monkeypatch.setattr(Database, "probe", last_look)
    with gone, pytest.raises(StartError, match="读写数据库文件时出错"):
        run(config(tmp_path, "{}"))


def test_a_conversation_from_beginning_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("张三: #need 找一位报税的会计\n大家早\n"))
    monkeypatch.setattr("sys.stdout", out)
    assert run(config(tmp_path, "{}")) == 0
    assert out.getvalue().count("#1") >= 1
    assert "报税" in out.getvalue()
