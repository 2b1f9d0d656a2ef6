"""A process of its own: a console whose bot repeats what it hears, and speaks up at SIGUSR1."""

import asyncio
import signal
import sys

from bot.channels.console import Console
from community.actions import Send, Text
from tests.channels.console.streams import Collected


async def speak(console: Console, words: Send) -> None:
    """Say something, and log it."""
    sent = await console.perform(words)
    print(f"log: {sent.state}", file=sys.stderr)  # noqa: T201 – stands for a log line


async def main() -> None:
    """Run until the input ends or SIGTERM comes."""
    console = Console()
    running = asyncio.create_task(console.run(Collected(console).feed))
    unasked = Send(group="console:main", segments=(Text(text="打扰一下"),))
    tasks = {running}
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, running.cancel)
    loop.add_signal_handler(
        signal.SIGUSR1, lambda: tasks.add(asyncio.create_task(speak(console, unasked)))
    )
    await asyncio.wait([running])
    print("bye")  # noqa: T201 – the test waits for it


asyncio.run(main())
