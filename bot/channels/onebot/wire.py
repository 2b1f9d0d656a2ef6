"""One WebSocket as the channel sees it, whichever side dialled."""

from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed


class ClosedError(Exception):
    """The WebSocket is closed, by whom ever."""


class Wire(Protocol):
    """Text frames in and out. Every method but ``close`` raises ClosedError once it is over.

    They come in as they are: bad UTF-8 in one costs some characters, not the connection.
    """

    async def receive(self) -> str | bytes: ...

    async def send(self, frame: str) -> None: ...

    async def close(self) -> None: ...


class DialledWire:
    """A WebSocket that we opened."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def receive(self) -> bytes:
        """The next frame, not yet decoded."""
        try:
            return await self._socket.recv(decode=False)
        except ConnectionClosed as closed:
            raise ClosedError from closed

    async def send(self, frame: str) -> None:
        """Send one frame."""
        try:
            await self._socket.send(frame)
        except ConnectionClosed as closed:
            raise ClosedError from closed

    async def close(self) -> None:
        """Say goodbye."""
        await self._socket.close()


class AcceptedWire:
    """A WebSocket that the OneBot side opened to our web server."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def receive(self) -> str | bytes:
        """The next frame, text or binary."""
        try:
            message = await self._socket.receive()
        except RuntimeError as closed:  # Starlette: it was closed before
            raise ClosedError from closed
        if message["type"] == "websocket.disconnect":
            raise ClosedError
        text: str | None = message.get("text")
        return (message.get("bytes") or b"") if text is None else text

    async def send(self, frame: str) -> None:
        """Send one frame."""
        try:
            await self._socket.send_text(frame)
        except (WebSocketDisconnect, RuntimeError) as closed:
            raise ClosedError from closed

    async def close(self) -> None:
        """Say goodbye; it may be over already."""
        try:
            await self._socket.close()
        except (WebSocketDisconnect, RuntimeError) as closed:
            raise ClosedError from closed
