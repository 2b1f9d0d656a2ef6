"""uvicorn inside the bot's own event loop. Loaded when somebody connects (web/server.py)."""

import contextlib
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from web.connections import BACKLOG, Connection

_GRACE = 10  # seconds that open connections have to finish
_MAX_FRAME = 32 * 2**20  # a member list of some thousand people is one WebSocket frame


class Serving(uvicorn.Server):
    """Leaves signals to the bot, which has more to stop than the web server."""

    def __init__(self, app: ASGIApp) -> None:
        # uvicorn would log each request line, and the access token may stand in it.
        super().__init__(
            uvicorn.Config(
                app,
                http=Connection,
                backlog=BACKLOG,
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                lifespan="off",
                proxy_headers=False,
                ws_max_size=_MAX_FRAME,
                # Frames from near by: unpacking nearly doubles what receiving one costs.
                ws_per_message_deflate=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield
