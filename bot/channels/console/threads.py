"""Blocking calls on threads that never keep the process from ending."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Run ``work`` on a daemon thread. When we are cancelled, it is left behind.

    ``asyncio.to_thread`` would not do: its threads are waited for at the end of the process, and
    a read from a terminal ends only when somebody types.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[[], None]) -> None:
        if not future.done():
            set_it()

    def run() -> None:
        outcome: Callable[[], None]
        try:
            result = work()
        except Exception as error:  # handed on to whoever awaits
            trouble = error
            outcome = lambda: future.set_exception(trouble)  # noqa: E731
        else:
            outcome = lambda: future.set_result(result)  # noqa: E731
        with suppress(RuntimeError):  # the loop has ended meanwhile: nobody waits any more
            loop.call_soon_threadsafe(settle, outcome)

    Thread(target=run, name="console", daemon=True).start()
    return await future
