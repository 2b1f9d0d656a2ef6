"""Ports that nobody else is given before they are used, nor between two uses."""

import socket


def reserved() -> socket.socket:
    """Bound to a port, but not listening there: whoever names it may listen meanwhile.

    A port that is only looked for and let go can become that of another test. This one stays
    reserved until the socket is closed, and whoever connects to it is refused.
    """
    held = socket.socket()
    # Whoever listens must have set this, too; asyncio, uvicorn's socket of ours and Node have.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def port_of(held: socket.socket) -> int:
    """Which one it is."""
    port: int = held.getsockname()[1]
    return port
