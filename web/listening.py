"""The address that the server listens on, taken before anything is loaded to serve it."""

import asyncio
import errno
import socket

from storage.refusals import os_error_reason


class ListenError(Exception):
    """The address cannot be listened on. The text is for the operator."""


class BusyError(ListenError):
    """Somebody listens there already."""


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Port 0 takes a free one. Raises ListenError."""
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
        kind_of = BusyError if trouble.errno == errno.EADDRINUSE else ListenError
        raise kind_of(_why(trouble, host, port)) from None
    listening.setblocking(False)
    return listening


async def knock(listening: socket.socket) -> None:
    """Wait until somebody connects; at once where the loop cannot tell (Windows)."""
    loop, knocked = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(listening, knocked.set)
    except NotImplementedError:
        return
    try:
        await knocked.wait()
    finally:
        loop.remove_reader(listening)


def _why(trouble: OSError, host: str, port: int) -> str:
    match trouble.errno:
        case errno.EADDRINUSE:
            return f"端口 {port} 已被占用：请关掉占用它的程序，或在 web.listen 里换一个端口"
        case errno.EACCES:
            return f"没有权限使用端口 {port}：请在 web.listen 里换一个 1024 以上的端口"
    return f"无法监听 {host}:{port}（{os_error_reason(trouble)}）"
