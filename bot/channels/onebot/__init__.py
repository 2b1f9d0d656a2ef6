"""QQ through OneBot v11: NapCat, LLBot, Lagrange and their kin."""

from bot.channels.onebot.channel import OneBot

__all__ = ["OneBot"]
