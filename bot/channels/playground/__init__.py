"""A chat in the browser, for trying the bot without any account."""

from bot.channels.playground.channel import Playground

__all__ = ["Playground"]
