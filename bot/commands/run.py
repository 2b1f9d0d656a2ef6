"""laoyou run: the bot itself."""

from bot import start
from bot.channels.build import NO_WECHATY
from bot.config import Config, WechatyConfig
from bot.errors import StartError


def run(config: Config) -> int:
    """Run until the input ends or the bot is told to stop."""
    if any(isinstance(channel, WechatyConfig) for channel in config.channels):
        raise StartError(NO_WECHATY)  # before anything is opened or made
    return start.run(config)
