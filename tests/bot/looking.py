"""Looking at a bot from outside: over HTTP, at its own server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from httpx2 import AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App
from web.app import create_app
from web.probes import Probes
from web.server import WebServer

Samples = dict[tuple[str, ...], float]


@asynccontextmanager
async def served(app: App, *, token: str = "") -> AsyncIterator[AsyncClient]:
    """The server of a running bot, and somebody on the same machine."""
    probes = Probes(trouble=app.health.trouble, metrics=app.collector.page, token=token)
    server = WebServer(create_app(probes=probes), host="127.0.0.1", port=0)
    running = asyncio.create_task(server.run())
    async with AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
        yield client
    server.stop()
    await running


def parsed(page: str) -> Samples:
    """Values by name and labels, as Prometheus reads them."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
