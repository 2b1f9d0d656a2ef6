"""Runs the web application inside the bot's own event loop."""

import contextlib
import errno
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

_GRACE = 10  # seconds that open connections have to finish
_MAX_FRAME = 32 * 2**20  # a member list of some thousand people is one WebSocket frame


class ListenError(Exception):
    """The address cannot be listened on. The text is for the operator."""


class _Uvicorn(uvicorn.Server):
    """Leaves signals to the bot, which has more to stop than the web server."""

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class WebServer:
    """Bound to its port as soon as it exists, so that a busy one stops the start early.

    Raises ListenError from the constructor. ``port`` 0 takes a free one.
    """

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self._socket = _bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        # uvicorn would log each request line, and the access token may stand in it.
        self._uvicorn = _Uvicorn(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                lifespan="off",
                proxy_headers=False,
                ws_max_size=_MAX_FRAME,
                timeout_graceful_shutdown=_GRACE,
            )
        )

    async def run(self) -> None:
        """Serve until ``stop``."""
        try:
            await self._uvicorn.serve(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Take no more connections, let the open ones finish, then return from ``run``."""
        self._uvicorn.should_exit = True

    def close(self) -> None:
        """Give the port back without ever having run."""
        self._socket.close()


def _why(trouble: OSError, host: str, port: int) -> str:
    match trouble.errno:
        case errno.EADDRINUSE:
            return f"端口 {port} 已被占用：请关掉占用它的程序，或在 web.listen 里换一个端口"
        case errno.EACCES:
            return f"没有权限使用端口 {port}：请在 web.listen 里换一个 1024 以上的端口"
    return f"无法监听 {host}:{port}（{trouble.strerror}）"


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise ListenError(f"web.listen 的地址 {host} 无法识别") from None
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen()  # only this tells of a port that is bound and not yet served
    except OSError as trouble:
        listening.close()
        raise ListenError(_why(trouble, host, port)) from None
    listening.setblocking(False)
    return listening
