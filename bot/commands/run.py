"""laoyou run: the bot itself."""

from bot import app
from bot.channels.build import NO_WECHATY
from bot.config import Config, WechatyConfig
from bot.errors import StartError
from storage.errors import DatabaseError


def run(config: Config) -> int:
    """Run until the input ends or the bot is told to stop."""
    if any(isinstance(channel, WechatyConfig) for channel in config.channels):
        raise StartError(NO_WECHATY)  # before anything is opened or made
    try:
        return app.run(config)
    except DatabaseError as error:
        raise StartError(error.text) from error
