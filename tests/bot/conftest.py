"""Bots of one or two commands, made for the tests of the machinery around them."""

import io
from collections.abc import Iterator

import pytest
from loguru import logger

from tests.fakes import FakeClock


@pytest.fixture
def anyio_backend() -> str:
    """The loop that the bot runs on."""
    return "asyncio"


@pytest.fixture
def clock() -> FakeClock:
    """Stands still until it is turned."""
    return FakeClock()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged at INFO and above."""
    stream = io.StringIO()
    sink = logger.add(stream, level="INFO", format="{level} {message}{exception}", diagnose=False)
    yield stream
    logger.remove(sink)
