"""The web application: what the outside reaches over HTTP and WebSocket."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

ONEBOT_PATH = "/onebot/v11/ws"

Accept = Callable[[WebSocket], Awaitable[None]]
"""Takes over a WebSocket that has not been accepted yet, and returns when it is over."""


def create_app(*, onebot: Accept | None = None) -> Starlette:
    """The application. ``onebot`` serves the reverse WebSocket of the QQ channel."""
    routes: list[BaseRoute] = []
    if onebot is not None:
        # Operators type the address by hand, with and without a slash at its end.
        routes = [WebSocketRoute(path, onebot) for path in (ONEBOT_PATH, f"{ONEBOT_PATH}/")]
    return Starlette(routes=routes)
