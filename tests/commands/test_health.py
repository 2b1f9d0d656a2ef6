"""What ``laoyou health`` says, for containers and whoever looks after them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.commands.conftest import Laoyou, Outcome


@contextmanager
def answering(status: int, text: str) -> Iterator[int]:
    """Somebody listens, and answers all that is asked so."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = text if self.path == "/healthz" else "elsewhere"
            self.wfile.write(f"HTTP/1.1 {status} X\r\n\r\n{body}".encode())

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def asked(laoyou: Laoyou, listen: str) -> Outcome:
    return laoyou("health", config=f"web: {{listen: '{listen}'}}\n")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_it_asks_where_the_configuration_says(laoyou: Laoyou, host: str) -> None:
    with answering(200, "ok\n") as port:
        assert asked(laoyou, f"{host}:{port}") == Outcome(0, "老友运行正常。\n", "")


def test_a_bot_that_is_not_well(laoyou: Laoyou) -> None:
    with answering(503, "database\n") as port:
        outcome = asked(laoyou, f"127.0.0.1:{port}")
    assert outcome == Outcome(1, "老友运行不正常：database\n", "")


def test_somebody_else_listens(laoyou: Laoyou) -> None:
    with answering(404, "?") as port:
        listen = f"127.0.0.1:{port}"
        assert asked(laoyou, listen) == Outcome(1, "", f"{listen} 上应答的不是老友\n")


def test_nobody_listens(laoyou: Laoyou) -> None:
    with answering(200, "ok\n") as port:
        pass
    listen = f"127.0.0.1:{port}"
    assert asked(laoyou, listen) == Outcome(1, "", f"连不上 {listen}（端口上没有服务）\n")


def test_any_port(laoyou: Laoyou) -> None:
    outcome = asked(laoyou, "127.0.0.1:0")
    assert (outcome.status, outcome.out) == (1, "")
    assert "端口是 0" in outcome.err
