"""The forward WebSocket: we dial the implementation and dial again when the connection ends."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from loguru import logger
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from bot.channels.backoff import Backoff
from bot.channels.onebot.wire import DialledWire
from bot.clock import Clock
from bot.errors import StartError
from storage.refusals import os_error_reason

MAX_FRAME = 32 * 2**20  # a member list of some thousand people is one frame

WRONG_TOKEN = "OneBot 不接受这个 access_token：请与 NapCat 里的 Token 核对"

Trouble = Literal["token", "network"]


class DialError(Exception):
    """No connection. ``kind`` tells a refused token from everything else."""

    def __init__(self, kind: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


@asynccontextmanager
async def dialled(url: str, token: str) -> AsyncIterator[DialledWire]:
    """A WebSocket to the implementation. Raises DialError when there is none to be had."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    # It would write headers and frames to the log: the token, and what members say.
    quiet = logging.getLogger("laoyou.websocket")
    quiet.setLevel(logging.WARNING)
    try:
        # No proxy: the implementation runs on this machine or in the same private network.
        socket = await connect(
            url,
            additional_headers=headers,
            max_size=MAX_FRAME,
            close_timeout=2,
            proxy=None,
            compression=None,  # from near by: unpacking doubles what receiving a frame costs
            logger=quiet,
        )
    except InvalidStatus as refused:
        status = refused.response.status_code
        raise DialError("token" if status in (401, 403) else "network", f"HTTP {status}") from None
    except TimeoutError:
        raise DialError("network", "没有响应") from None
    except OSError as trouble:
        raise DialError("network", os_error_reason(trouble)) from None
    except WebSocketException as trouble:
        raise DialError("network", str(trouble)) from None
    async with socket:
        yield DialledWire(socket)


class Dialler:
    """Keeps a forward connection up."""

    def __init__(self, url: str, token: str, *, backoff: Backoff, clock: Clock) -> None:
        self._url = url
        self._token = token
        self._backoff = backoff
        self._clock = clock
        self._told: str | None = None
        self._worked = False

    async def run(self, serve: Callable[[DialledWire], Awaitable[Trouble | None]]) -> None:
        """Until cancelled: dial, serve, wait.

        Raises StartError when the token is refused before it ever worked. Refused later, it may
        be the other side that is being set up, and the bot has other things to go on with.
        """
        while True:
            trouble: Trouble | None
            try:
                async with dialled(self._url, self._token) as wire:
                    self._backoff.connected()
                    trouble = await serve(wire)
                    if trouble is None:
                        self._told, self._worked = None, True
                        self._tell("lost", "与 OneBot 的连接断开，将自动重连")
            except DialError as error:
                trouble = error.kind
                if trouble == "network":
                    self._tell(str(error), f"连不上 {shown(self._url)}（{error}），将自动重试")
            if trouble == "token" and not self._worked:
                raise StartError(WRONG_TOKEN)
            if trouble == "token":
                self._tell("token", WRONG_TOKEN)
            delay = self._backoff.slow() if trouble == "token" else self._backoff.next()
            await self._clock.sleep(delay)

    def _tell(self, reason: str, line: str) -> None:
        """Say it once, not at each attempt."""
        if reason != self._told:
            self._told = reason
            logger.log("ERROR" if reason == "token" else "WARNING", "{}", line)


def shown(url: str) -> str:
    """The address without what follows the path: a token may stand there."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
