"""laoyou doctor: what is wrong with a set-up, and how to fix it."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

from bot.checks import channels, configuration, database, holders, lexicon, machine
from bot.clock import SystemClock
from bot.finding import Finding


def doctor(path: Path | None) -> int:
    """Print every finding as it comes; 0 when all is well, else 1."""
    troubles = 0
    for found in _findings(path):
        print(phrase(found), flush=True)
        troubles += not found.ok
    if troubles:
        print(f"发现 {troubles} 个问题。")
        return 1
    print("一切正常。")
    return 0


def phrase(found: Finding) -> str:
    """One line: the mark, what it is, and how to fix it or what else to do."""
    if found.ok:
        return f"✓ {found.text}" + (f"（{found.fix}）" if found.fix else "")
    return f"✗ {found.text}" + (f" → {found.fix}" if found.fix else "")


def _findings(path: Path | None) -> Iterator[Finding]:
    now = SystemClock().now()
    config, found = configuration.read(path)
    yield from found
    newest = None
    if config is not None:
        yield from configuration.check(config)
        yield lexicon.check(config.lexicon_folder)
        stored, newest = database.check(config)
        yield from stored
        if all(one.ok for one in stored):
            yield from holders.check(config)
        yield from asyncio.run(channels.check(config))
        yield from machine.zones({one.id: one.timezone for one in config.communities}, now)
    yield machine.clock(now, newest)
    yield machine.dictionary()
    yield machine.log_level(os.environ)
