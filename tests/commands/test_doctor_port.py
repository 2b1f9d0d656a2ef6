"""What the doctor says of the port, while the bot runs and while it does not."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database
from storage.presence import exclusive_use
from tests.commands.conftest import Laoyou

CLUB = "communities:\n  - id: a\n    name: 甲\n    admins: ['onebot:1']\n    groups: ['onebot:2']\n"
REVERSE = CLUB + "channels: [{type: onebot, access_token: abcdefgh}]\n"
FORWARD = CLUB + "channels: [{type: onebot, access_token: abcdefgh, url: 'ws://127.0.0.1:1'}]\n"

both = pytest.mark.parametrize("config", [REVERSE, FORWARD], ids=["reverse", "forward"])


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def said(laoyou: Laoyou, config: str) -> list[str]:
    lines = laoyou("doctor", config=config).out.splitlines()
    return [line for line in lines if "端口" in line[:6] or "监听" in line[:6]]


@both
def test_a_port_that_is_taken(config: str, laoyou: Laoyou, taken: int) -> None:
    laoyou("db", "upgrade")
    assert said(laoyou, f"{config}web: {{listen: '127.0.0.1:{taken}'}}\n") == [
        f"✗ 端口 {taken} 已被占用 → 请关掉占用它的程序，或在 web.listen 里换一个端口"
    ]


@both
def test_a_port_that_is_taken_before_there_is_a_database(
    config: str, laoyou: Laoyou, folder: Path, taken: int
) -> None:
    assert said(laoyou, f"{config}web: {{listen: '127.0.0.1:{taken}'}}\n")
    assert [one.name for one in folder.iterdir()] == ["config.yaml"]


@both
def test_the_port_of_the_bot_that_runs(config: str, laoyou: Laoyou, taken: int) -> None:
    laoyou("db", "upgrade")
    with closing(Database("sqlite:///data/laoyou.db")) as database, exclusive_use(database):
        found = said(laoyou, f"{config}web: {{listen: '127.0.0.1:{taken}'}}\n")
    assert found == [f"✓ 端口：127.0.0.1:{taken}，老友正在运行"]


@both
def test_an_address_that_is_not_here(config: str, laoyou: Laoyou) -> None:
    assert said(laoyou, config + "web: {listen: '192.0.2.1:8080'}\n") == [
        "✗ 无法监听 192.0.2.1:8080（这台机器没有这个地址） → 检查 web.listen"
    ]


def test_a_reverse_connection_that_is_well(laoyou: Laoyou) -> None:
    outcome = laoyou("doctor", config=REVERSE + "web: {listen: '127.0.0.1:0'}\n")
    assert outcome.status == 0
    assert "✓ 令牌：onebot.access_token 有 8 个字符" in outcome.out
    assert "✓ 端口：127.0.0.1:0 可以监听" in outcome.out
    assert "✓ QQ：" in outcome.out
