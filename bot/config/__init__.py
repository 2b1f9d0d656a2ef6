"""The configuration: config.yaml in, one checked and frozen object out."""

from bot.config.errors import ConfigError
from bot.config.load import DEFAULT_FILE, load
from bot.config.model import Config
from bot.config.sections import (
    AlertsConfig,
    ChannelConfig,
    CommunityConfig,
    ConsoleConfig,
    MailConfig,
    OneBotConfig,
    OutboxConfig,
    WebConfig,
    WechatyConfig,
)

__all__ = [
    "DEFAULT_FILE",
    "AlertsConfig",
    "ChannelConfig",
    "CommunityConfig",
    "Config",
    "ConfigError",
    "ConsoleConfig",
    "MailConfig",
    "OneBotConfig",
    "OutboxConfig",
    "WebConfig",
    "WechatyConfig",
    "load",
]
