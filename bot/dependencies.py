"""What an app is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.analyser_reload import Analysers
from bot.channels.base import Channel
from bot.clock import Clock
from bot.config.sections import OutboxConfig, RetentionConfig
from community.settings import Settings
from handlers.framework.discovery import Features
from storage.database import Database


@dataclass(frozen=True)
class Dependencies:
    """Tests put their own channel and clock in."""

    database: Database
    settings: Sequence[Settings]
    channels: Sequence[Channel]
    features: Features
    analysers: Analysers
    clock: Clock
    outbox: OutboxConfig
    alerts: Sequence[str] = ()  # mail addresses that hear of trouble, besides the admins
    retention: RetentionConfig = field(default_factory=RetentionConfig)
    proofs: Path | None = None  # where lies what applicants hand in
