"""The terminal as a chat platform: for trying the bot, and for pipes."""

from bot.channels.console.channel import Console

__all__ = ["Console"]
