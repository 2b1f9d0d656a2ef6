"""Gateways, and the log as an operator sees it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from loguru import logger

from tests.channels.wechaty.bench import ROOM, Log
from tests.e2e.gateway import Gateway

NewGateway = Callable[..., Awaitable[Gateway]]


@pytest.fixture
async def new_gateway() -> AsyncIterator[NewGateway]:
    """Gateways that run, with a room of three people. They are gone after the test."""
    made: list[Gateway] = []

    async def make(*generation: Any, **options: Any) -> Gateway:
        gateway = Gateway(*generation, **options)
        made.append(gateway)
        await gateway.person("zhang", "张三")
        await gateway.person("li", "Li Lei")
        await gateway.person("wang", "王五")
        await gateway.room(ROOM, "老友记一群", zhang="张三-腾讯", li="", wang="C++(老王)")
        await gateway.start()
        return gateway

    yield make
    for gateway in made:
        await gateway.kill()


@pytest.fixture
def log() -> Iterator[Log]:
    """The lines from INFO on."""
    log = Log()
    sink = logger.add(log.write, level="INFO", format="{level} {message}")
    yield log
    logger.remove(sink)
