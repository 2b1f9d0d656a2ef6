"""The process that a bot runs in: its signals, its memory, its end."""

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

from loguru import logger

_NEW_OBJECTS = 10_000  # Python's own 700 would look for garbage ten times while a message is read


def tune_garbage_collection() -> None:
    """Exempt what is loaded by now, such as the lexicon, from garbage collection, and turn it on.

    Collecting, which the command line had put off until now, begins with what comes after them,
    and only when more has come than the analyses that one message reads and drops again.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()


def force_exit() -> NoReturn:
    """Exit at once: Python would wait for a hanging handler, whose transaction is rolled back."""
    logger.error("有一条消息一直没处理完，不再等它")
    sys.stdout.flush()
    os._exit(1)


@contextlib.contextmanager
def stop_signals(halt: Callable[[], None]) -> Iterator[asyncio.Event]:
    """Set by the first Ctrl-C or SIGTERM, also while the bot starts; a second one ends the process
    at once.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def ask() -> None:
        logger.info("正在停止：做完手上的事就退出")
        stop.set()
        halt()
        restore()

    def restore() -> None:
        for one in caught:
            loop.remove_signal_handler(one)
        caught.clear()

    caught: list[signal.Signals] = []
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises, as everywhere
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, ask)
            caught.append(one)
    try:
        yield stop
    finally:
        restore()
