"""The web server of a running bot: QQ's reverse WebSocket, and the pages."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from loguru import logger

from bot.app import App
from bot.channels.base import Channel
from bot.channels.onebot import OneBot
from bot.config import Config, ConsoleConfig
from bot.errors import StartError
from bot.faults import log_fault
from web.app import create_app
from web.listening import ListenError
from web.server import WebServer
from web.watching import Watch

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from bot.app import Parts


@contextlib.asynccontextmanager
async def serving(
    config: Config, parts: "Parts", app: App, channels: Sequence[Channel]
) -> AsyncIterator[None]:
    """The web server, as long as the block lasts. Raises StartError where it has to be there."""
    dialled = next((one for one in channels if isinstance(one, OneBot) and one.is_dialled), None)
    loop = asyncio.get_running_loop()

    def wake(lanes: set[str]) -> None:
        loop.call_soon_threadsafe(app.wake, lanes)

    def pages() -> "ASGIApp":
        from bot.pages import site  # noqa: PLC0415 – loaded when the first page is asked for

        return site(config, parts, wake)

    token = config.web.metrics_token.get_secret_value() if config.web.metrics_token else ""
    watch = Watch(trouble=app.health.trouble, metrics=app.meter.page, token=token)
    made = create_app(onebot=dialled.accept if dialled else None, pages=pages, watch=watch)
    server = _server(config, made, must=dialled is not None)
    if server is None:
        yield
        return
    running = asyncio.create_task(server.run())
    running.add_done_callback(_mourn)
    try:
        yield
    finally:
        server.stop()
        await asyncio.wait((running,))


def is_trial(config: Config) -> bool:
    """Nothing but the console: somebody looks at the project, and no chat is connected."""
    return all(isinstance(one, ConsoleConfig) for one in config.channels)


def _server(config: Config, made: "ASGIApp", *, must: bool) -> WebServer | None:
    """Bound to the configured port; who only tries the bot out gets another one if it is busy."""
    host, port = config.web.host, config.web.port
    try:
        return WebServer(made, host=host, port=port)
    except ListenError as error:
        if is_trial(config) and "web" not in config.model_fields_set:
            return WebServer(made, host=host, port=0)
        if must or "web" in config.model_fields_set:
            raise StartError(str(error)) from error
        logger.warning("没有开网页：{}", error)
        return None


def _mourn(running: asyncio.Task[None]) -> None:
    error = None if running.cancelled() else running.exception()
    if error is not None:
        log_fault("the web server has ended", error)
