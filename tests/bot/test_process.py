"""The process of a bot."""

import asyncio
from collections.abc import Callable
from typing import NoReturn

from typing_extensions import override

from bot.process import stop_signals


class Windows(asyncio.SelectorEventLoop):
    """A loop that knows no signals."""

    @override
    def add_signal_handler(self, sig: int, callback: Callable[..., object], *_: object) -> NoReturn:
        raise NotImplementedError

    @override
    def remove_signal_handler(self, sig: int) -> NoReturn:
        raise NotImplementedError


def test_a_system_without_signals_starts_and_stops() -> None:
    async def run() -> bool:
        with stop_signals(lambda: None) as stop:
            return stop.is_set()

    with asyncio.Runner(loop_factory=Windows) as runner:
        assert runner.run(run()) is False
