"""The bots of tests/bot, in trouble."""

from tests.bot.conftest import anyio_backend, channel, clock, feature, log, make_app

__all__ = ("anyio_backend", "channel", "clock", "feature", "log", "make_app")
