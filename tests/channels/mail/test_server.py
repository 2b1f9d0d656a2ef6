"""What mail.url means."""

import pytest
from aiosmtplib import SMTPConnectTimeoutError

from bot.channels.mail import Server
from bot.channels.mail.errors import explain


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "start_tls"),
    [
        ("smtp://bot:geheim@mx.cn:2525", "mx.cn", 2525, False, True),
        ("smtp://bot:geheim@mx.cn", "mx.cn", 587, False, True),
        ("smtp://mx.cn", "mx.cn", 25, False, None),
        ("smtps://bot:geheim@mx.cn", "mx.cn", 465, True, False),
        ("smtp://localhost", "localhost", 25, False, False),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
        ("smtp://u:p@[::1]", "::1", 587, False, None),
    ],
)
def test_the_parts(url: str, host: str, port: int, tls: bool, start_tls: bool | None) -> None:
    server = Server.of(url)
    assert (server.host, server.port, server.tls) == (host, port, tls)
    assert server.start_tls is start_tls


def test_odd_signs_in_the_password() -> None:
    server = Server.of("smtp://bot%40club.cn:p%40ss%3A%E8%AF%8D@mx.cn")
    assert (server.user, server.password) == ("bot@club.cn", "p@ss:词")
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    ("url", "fix"),
    [
        ("smtp://bot:geheim@mx.cn:465", "465 端口写 smtps://，其他端口写 smtp://"),
        ("smtps://bot:geheim@mx.cn", "检查地址、端口和防火墙"),
        ("smtp://bot:geheim@mx.cn:587", "检查地址、端口和防火墙"),
    ],
)
def test_silence_where_tls_is_spoken(url: str, fix: str) -> None:
    error = explain(Server.of(url), SMTPConnectTimeoutError("timed out"))
    assert error.text.endswith("没有回应")
    assert error.fix == fix
