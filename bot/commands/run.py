"""laoyou run: the bot itself."""

from bot import start
from bot.config import Config


def run(config: Config) -> int:
    """Run until the input ends or the bot is told to stop."""
    return start.run(config)
