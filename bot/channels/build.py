"""The channels that the configuration asks for."""

from bot.channels.base import Channel
from bot.channels.console import Console
from bot.channels.onebot import OneBot
from bot.channels.onebot.seen import Since
from bot.clock import Clock
from bot.config import ChannelConfig, Config, ConsoleConfig, OneBotConfig
from bot.errors import StartError

NO_WECHATY = "这个版本还不能连微信（wechaty）：请先从配置文件的 channels 里去掉这一项"


def build(config: Config, *, clock: Clock, since: Since | None = None) -> tuple[Channel, ...]:
    """All channels. Raises StartError for one that this version does not speak."""
    return tuple(
        build_one(section, config, clock=clock, since=since) for section in config.channels
    )


def build_one(
    section: ChannelConfig, config: Config, *, clock: Clock, since: Since | None = None
) -> Channel:
    """One channel. Raises StartError when this version does not speak it."""
    if isinstance(section, ConsoleConfig):
        return Console(clock=clock)
    if isinstance(section, OneBotConfig):
        secret = section.access_token
        return OneBot(
            access_token=None if secret is None else secret.get_secret_value(),
            url=section.url,
            groups=config.all_groups,
            since=since,
            listen=config.web.listen,
            clock=clock,
        )
    raise StartError(NO_WECHATY)
