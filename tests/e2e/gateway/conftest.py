"""Gateways that are gone when a test is over."""

from collections.abc import AsyncIterator

import pytest

from tests.e2e.gateway import Gateway


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    """A gateway of the newest generation, not yet started."""
    gateway = Gateway()
    yield gateway
    await gateway.kill()
