"""Waiting for a database that is away."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from loguru import logger
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.processor import UNAVAILABLE
from storage.errors import explain

T = TypeVar("T")

FIRST_PAUSE = 0.5  # seconds; doubled up to LONGEST_PAUSE
LONGEST_PAUSE = 30.0


async def until_it_works(
    work: Callable[[], T], *, clock: Clock, what: str, executor: Executor | None = None
) -> T:
    """Run ``work`` in a thread; while the database is away, wait and run it again.

    The trouble is logged once when it begins and once when it is over.
    """
    pause = FIRST_PAUSE
    loop = asyncio.get_running_loop()
    while True:
        try:
            result = await loop.run_in_executor(executor, work)
        except UNAVAILABLE as error:
            if pause == FIRST_PAUSE:
                logger.error("{}: {}（稍后自动重试）", what, _said(error))
            await clock.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            if pause != FIRST_PAUSE:
                logger.info("{}: 数据库恢复了", what)
            return result


def _said(error: DBAPIError) -> str:
    return explain(error).text
