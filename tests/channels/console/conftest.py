"""The loop that these tests run on."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    """The loop that the bot runs on."""
    return "asyncio"
