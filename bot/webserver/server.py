"""The web server of a running bot: QQ's reverse WebSocket, and the pages."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

from loguru import logger
from starlette.types import ASGIApp

from bot.app import App
from bot.channels.onebot import OneBot
from bot.config import Config, OneBotConfig, WebConfig
from bot.dependencies import Dependencies
from bot.errors import StartError
from bot.faults import log_fault
from web.app import create_app
from web.listening import ListenError, bound
from web.probes import Probes
from web.server import WebServer


@contextlib.contextmanager
def listening(config: Config) -> Iterator[tuple[Config, socket.socket | None]]:
    """Hold the configured port; who only tries the bot out gets another one if it is busy.

    Gives the configuration with the port that was taken, and no socket where the bot can do
    without. Raises StartError.
    """
    taken = _taken(config)
    if taken is None:
        yield config, None
        return
    with taken:
        yield config.listening_on(taken.getsockname()[1]), taken


@contextlib.asynccontextmanager
async def serving(
    config: Config, dependencies: Dependencies, app: App, taken: socket.socket | None
) -> AsyncIterator[None]:
    """The web server, as long as the block lasts."""
    if taken is None:
        yield
        return
    onebots = (one for one in dependencies.channels if isinstance(one, OneBot))
    dialled = next((one for one in onebots if one.is_dialled), None)
    loop = asyncio.get_running_loop()

    def wake(lanes: set[str]) -> None:
        loop.call_soon_threadsafe(app.wake, lanes)

    def pages() -> ASGIApp:
        from bot.webserver.pages import site  # noqa: PLC0415 – loaded when the first page is asked for

        return site(config, dependencies, app, wake)

    token = config.web.metrics_token.get_secret_value() if config.web.metrics_token else ""
    probes = Probes(trouble=app.health.trouble, metrics=app.collector.page, token=token)
    made = create_app(onebot=dialled.accept if dialled else None, pages=pages, probes=probes)
    server = WebServer(made, taken=taken)
    running = asyncio.create_task(server.run())
    running.add_done_callback(_log_failure)
    try:
        yield
    finally:
        server.stop()
        await asyncio.wait((running,))


def _taken(config: Config) -> socket.socket | None:
    try:
        return bound(config.web.host, config.web.port)
    except ListenError as error:
        if config.is_trial and config.web.listen == WebConfig().listen:
            return bound(config.web.host, 0)
        if _is_dialled(config) or "web" in config.model_fields_set:
            raise StartError(str(error)) from error
        logger.warning("没有开网页：{}", error)
        return None


def _is_dialled(config: Config) -> bool:
    """QQ comes to us: without the port there is nothing to do."""
    return any(isinstance(one, OneBotConfig) and one.url is None for one in config.channels)


def _log_failure(running: asyncio.Task[None]) -> None:
    error = None if running.cancelled() else running.exception()
    if error is not None:
        log_fault("the web server has ended", error)
