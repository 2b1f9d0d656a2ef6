"""The pages of a running bot, put together with what it is made of."""

from collections.abc import Callable

from starlette.types import ASGIApp

from bot.app import Parts
from bot.config import Config
from bot.faults import log_fault
from web.door import Door
from web.site import create_site


def site(config: Config, parts: Parts, wake: Callable[[set[str]], None]) -> ASGIApp:
    """All pages. ``wake`` is called from worker threads."""
    return create_site(
        Door(
            database=parts.database,
            communities={one.id: one for one in parts.settings},
            analyser=lambda: parts.analysers.current,
            now=parts.clock.now,
            wake=wake,
            fault=log_fault,
            files=config.proofs_folder,
            public_url=config.web.public_url.rstrip("/"),
        )
    )
