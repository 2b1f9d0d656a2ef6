"""The web server: early about a busy port, quiet, and gone when it is told to stop."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator

import pytest
from httpx2 import AsyncClient
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from web.app import ONEBOT_PATH, create_app
from web.connections import Connection
from web.server import ListenError, WebServer

pytestmark = pytest.mark.anyio


async def echo(websocket: WebSocket) -> None:
    """Says what it hears, until the other side hangs up."""
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


def test_a_busy_port_is_told_before_anything_runs() -> None:
    first = WebServer(create_app(), host="127.0.0.1", port=0)
    with pytest.raises(ListenError, match=f"端口 {first.port} 已被占用"):
        WebServer(create_app(), host="127.0.0.1", port=first.port)
    first.close()
    WebServer(create_app(), host="127.0.0.1", port=first.port).close()


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(ListenError, match="无法监听"):
        WebServer(create_app(), host="192.0.2.1", port=0)


async def test_serves_stops_and_leaves_the_signals_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    server = WebServer(create_app(onebot=echo), host="127.0.0.1", port=0)
    task = asyncio.create_task(server.run())
    url = f"ws://127.0.0.1:{server.port}{ONEBOT_PATH}?access_token=verysecret"
    async with connect(url, proxy=None) as client:
        await client.send("你好")
        assert await client.recv() == "你好"
        assert handlers == [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        server.stop()
        with pytest.raises(ConnectionClosed):
            await client.recv()
    await asyncio.wait_for(task, 60)
    assert "verysecret" not in caplog.text
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", server.port))


async def test_without_a_channel_there_is_nothing_to_dial() -> None:
    server = WebServer(create_app(), host="127.0.0.1", port=0)
    task = asyncio.create_task(server.run())
    with pytest.raises(InvalidStatus):
        await connect(f"ws://127.0.0.1:{server.port}{ONEBOT_PATH}", proxy=None)
    server.stop()
    await task


async def test_stops_before_anybody_has_come() -> None:
    server = WebServer(create_app(), host="127.0.0.1", port=0)
    task = asyncio.create_task(server.run())
    await asyncio.sleep(0)
    server.stop()
    await asyncio.wait_for(task, 60)


async def test_pages_are_made_once_and_only_when_asked_for() -> None:
    made: list[str] = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("你好")(scope, receive, send)

    def pages() -> ASGIApp:
        made.append("pages")
        return page

    server = WebServer(create_app(pages=pages), host="127.0.0.1", port=0)
    task = asyncio.create_task(server.run())
    assert made == []
    async with AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
        answers = await asyncio.gather(*(client.get("/") for _ in range(3)))
    assert [answer.text for answer in answers] == ["你好"] * 3
    assert made == ["pages"]
    server.stop()
    await task


@pytest.fixture
async def site() -> AsyncIterator[int]:
    """The port of a server with a page."""
    page = PlainTextResponse("你好")
    server = WebServer(create_app(onebot=echo, pages=lambda: page), host="127.0.0.1", port=0)
    task = asyncio.create_task(server.run())
    yield server.port
    server.stop()
    await task


async def get(port: int) -> str:
    async with AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        return (await client.get("/")).text


async def test_who_says_nothing_makes_room_for_others(
    monkeypatch: pytest.MonkeyPatch, site: int
) -> None:
    monkeypatch.setattr(Connection, "max_connections", 3)
    async with connect(f"ws://127.0.0.1:{site}{ONEBOT_PATH}", proxy=None) as client:
        silent = [await asyncio.open_connection("127.0.0.1", site) for _ in range(9)]
        slow = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1"
        silent[-1][1].write(slow)
        assert await get(site) == "你好"
        assert [await reader.read() for reader, _ in silent[:7]] == [b""] * 7
        await client.send("还在")
        assert await client.recv() == "还在"
        for _, writer in silent:
            writer.close()


async def test_half_a_request_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, site: int) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Connection, "head_timeout", 0.01)
        reader, writer = await asyncio.open_connection("127.0.0.1", site)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n")
        assert await asyncio.wait_for(reader.read(), 60) == b""
    assert await get(site) == "你好"
    writer.close()
