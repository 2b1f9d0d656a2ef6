"""Letters: to a mail server, or into a folder while there is none."""

from bot.channels.mail.channel import Mail
from bot.channels.mail.server import Sender, Server

__all__ = ["Mail", "Sender", "Server"]
