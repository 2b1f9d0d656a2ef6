"""Which port the pages get, and what happens where it is taken."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from bot.config import Config, load
from bot.errors import StartError
from bot.webserver.server import listening

FORWARD = "channels: [{type: onebot, url: 'ws://127.0.0.1:1'}]\n"
GROUPS = 'communities: [{id: c, name: 社群, groups: ["onebot:100"]}]\n'


@pytest.fixture(autouse=True)
def _taken() -> Iterator[None]:
    """The usual port is taken, by this test or by whatever else runs here."""
    with contextlib.closing(socket.socket()) as somebody:
        with contextlib.suppress(OSError):
            somebody.bind(("127.0.0.1", 8080))
            somebody.listen()
        yield


def config(folder: Path, text: str) -> Config:
    file = folder / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_who_tries_the_bot_out_gets_another_port(tmp_path: Path) -> None:
    with listening(config(tmp_path, "{}")) as (held, taken):
        assert taken is not None
        port = taken.getsockname()[1]
        assert port != 8080
        assert held.web.port == port
        assert held.web.public_url == f"http://127.0.0.1:{port}"
        assert {one.public_url for one in held.settings} == {f"http://127.0.0.1:{port}"}


def test_a_chat_goes_on_without_pages_that_nobody_has_asked_for(tmp_path: Path) -> None:
    told: list[str] = []
    sink = logger.add(lambda line: told.append(str(line)), level="WARNING", format="{message}")
    with listening(config(tmp_path, FORWARD + GROUPS)) as (_, taken):
        assert taken is None
    logger.remove(sink)
    assert told == [
        "没有开网页：端口 8080 已被占用：请关掉占用它的程序，或在 web.listen 里换一个端口\n"
    ]


def test_pages_that_are_configured_must_be_there(tmp_path: Path) -> None:
    text = f'{FORWARD}{GROUPS}web: {{listen: "127.0.0.1:8080"}}\n'
    with pytest.raises(StartError, match="端口 8080 已被占用"), listening(config(tmp_path, text)):
        pass
