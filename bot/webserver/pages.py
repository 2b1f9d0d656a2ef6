"""The pages of a running bot, put together with what it is made of."""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp

from bot.app import App
from bot.channels.playground import Playground
from bot.channels.playground.sample import COMMUNITY
from bot.config import Config
from bot.dependencies import Dependencies
from bot.faults import log_fault
from bot.webserver.playground import PlaygroundService
from web.door import Door
from web.site import create_site


def site(
    config: Config, dependencies: Dependencies, app: App, wake: Callable[[set[str]], None]
) -> ASGIApp:
    """All pages. ``app.settle`` is called in the bot's own loop, the others from worker threads."""
    return create_site(
        Door(
            database=dependencies.database,
            communities=app.communities.by_id,
            analyser=lambda: dependencies.analysers.current,
            now=dependencies.clock.now,
            wake=wake,
            fault=log_fault,
            files=config.proofs_folder,
            public_url=config.web.public_url.rstrip("/"),
            playground=_playground_service(config, dependencies, app.settle),
            channels=app.collector.channels,
        )
    )


def _playground_service(
    config: Config, dependencies: Dependencies, settle: Callable[[], Awaitable[None]]
) -> PlaygroundService | None:
    """The playground, where there is one."""
    channel = next((one for one in dependencies.channels if isinstance(one, Playground)), None)
    if channel is None:
        return None
    return PlaygroundService(
        channel,
        next(one for one in dependencies.settings if one.id == COMMUNITY),
        database=dependencies.database,
        clock=dependencies.clock,
        settle=settle,
        is_for_all=config.web.playground is True,
    )
