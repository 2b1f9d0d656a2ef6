"""The channels: each looks at itself."""

import asyncio
from collections.abc import Iterator, Sequence

from bot.channels.base import Channel
from bot.channels.build import build_mail, build_one
from bot.checks import listening
from bot.clock import SystemClock
from bot.config import ChannelConfig, Config
from bot.errors import StartError
from bot.finding import Finding

CHECK_TIMEOUT = 30.0  # seconds for one channel


async def check(config: Config) -> list[Finding]:
    """What each channel finds."""
    found = [(section.type, await _check_one(section, config)) for section in config.channels]
    seen = [
        one for kind in dict.fromkeys(kind for kind, _ in found) for one in _merged(found, kind)
    ]
    port = await asyncio.to_thread(listening.check, config)
    return [*port, *seen, *await _look(build_mail(config, clock=SystemClock()), "邮件")]


def _merged(found: Sequence[tuple[str, list[Finding]]], kind: str) -> Iterator[Finding]:
    """What accounts of one kind have found, but groups that one misses where another one sits."""
    alike = [its for one, its in found if one == kind]
    nowhere = set.intersection(*({one.missed for one in its} for its in alike))
    for one in (one for its in alike for one in its):
        if not one.missed or one.missed in nowhere:
            yield one
            nowhere.discard(one.missed)


async def _check_one(section: ChannelConfig, config: Config) -> list[Finding]:
    try:
        channel = build_one(section, config, clock=SystemClock())
    except StartError as error:
        return [Finding.wrong(error.text)]
    return await _look(channel, section.type)


async def _look(channel: Channel, name: str) -> list[Finding]:
    try:
        async with asyncio.timeout(CHECK_TIMEOUT):
            return await channel.check()
    except TimeoutError:
        text = f"{name}：{CHECK_TIMEOUT:g} 秒内没有回应"
        return [Finding(ok=False, text=text, fix="检查它是否在运行")]
