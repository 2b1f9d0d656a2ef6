"""The whole configuration as the bot reads it."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, PrivateAttr, SecretStr, ValidationInfo

from bot.config import database
from bot.config.sections import (
    AlertsConfig,
    AnonymousConfig,
    ChannelConfig,
    CommunityConfig,
    ConsoleConfig,
    MailConfig,
    OutboxConfig,
    RetentionConfig,
    Section,
    WebConfig,
)
from community.rules import Limits, MatchingRules
from community.settings import AnonymousKey, Settings

DEFAULT_DATABASE = "sqlite:///data/laoyou.db"
DEFAULT_COMMUNITY = CommunityConfig(
    id="laoyou", name="老友", groups=("console:main",), admins=("console:管理员",)
)


def _absolute(secret: SecretStr, info: ValidationInfo) -> SecretStr:
    folder = (info.context or {}).get("folder", Path.cwd())
    return SecretStr(database.resolved(secret.get_secret_value(), folder))


class Config(Section):
    """Everything that config.yaml says, with defaults where it says nothing."""

    database: Annotated[SecretStr, AfterValidator(_absolute)] = Field(
        SecretStr(DEFAULT_DATABASE), validate_default=True
    )
    channels: tuple[ChannelConfig, ...] = (ConsoleConfig(),)
    communities: tuple[CommunityConfig, ...] = (DEFAULT_COMMUNITY,)
    matching: MatchingRules = MatchingRules()
    limits: Limits = Limits()
    outbox: OutboxConfig = OutboxConfig()
    web: WebConfig = WebConfig()
    mail: MailConfig = MailConfig()
    alerts: AlertsConfig = AlertsConfig()
    retention: RetentionConfig = RetentionConfig()
    anonymous: AnonymousConfig = AnonymousConfig()

    _file: Path | None = PrivateAttr(None)
    _folder: Path = PrivateAttr(default_factory=Path.cwd)

    def read_from(self, file: Path | None, folder: Path) -> "Config":
        """The same configuration, knowing where it was read."""
        self._file, self._folder = file, folder
        return self

    @property
    def file(self) -> Path | None:
        """The file it was read from; None: the built-in defaults."""
        return self._file

    @property
    def is_trial(self) -> bool:
        """Nothing but the console: somebody looks at the project, and no chat is connected."""
        return all(isinstance(one, ConsoleConfig) for one in self.channels)

    @property
    def has_playground(self) -> bool:
        """There is a chat in the browser: never beside a real one."""
        return self.is_trial and self.web.playground is not False

    def listening_on(self, port: int) -> "Config":
        """The same on another port; links name it, unless they lead somewhere else anyway."""
        web = self.web
        listen = f"{web.listen.rpartition(':')[0]}:{port}"
        own = web.public_url.rstrip("/") == f"http://{web.listen}"
        url = f"http://{listen}" if own else web.public_url
        moved = web.model_copy(update={"listen": listen, "public_url": url})
        return self.model_copy(update={"web": moved})

    @property
    def database_url(self) -> str:
        """The URL with its password: for opening, never for printing."""
        return self.database.get_secret_value()

    @property
    def lexicon_folder(self) -> Path:
        """Where the operator's own words are, if he has any."""
        return self._folder / "lexicon"

    @property
    def mail_folder(self) -> Path:
        """Where letters are written when no mail server is set."""
        return self._folder / "data" / "mail"

    @property
    def proofs_folder(self) -> Path:
        """Where lies what applicants hand in. No page serves this folder."""
        return self._folder / "data" / "proofs"

    @property
    def anonymous_key(self) -> AnonymousKey:
        """Where the key lies that seals the authors of anonymous posts; backups leave it out."""
        return AnonymousKey(file=self._folder / "data" / "anonymous.key", secret=self.anonymous.key)

    @property
    def all_groups(self) -> tuple[str, ...]:
        """The groups of all communities, those of the admins among them."""
        both = ((*one.groups, one.admin_group) for one in self.communities)
        return tuple(dict.fromkeys(group for groups in both for group in groups if group))

    @property
    def settings(self) -> tuple[Settings, ...]:
        """The communities as the rooms of the community package read them."""
        return tuple(self._settings(community) for community in self.communities)

    def _settings(self, community: CommunityConfig) -> Settings:
        return Settings(
            id=community.id,
            name=community.name,
            groups=community.groups,
            admins=frozenset(community.admins),
            admin_group=community.admin_group,
            nickname=community.nickname,
            welcome=community.welcome,
            timezone=community.timezone,
            public_url=self.web.public_url.rstrip("/"),
            matching=self.matching,
            limits=self.limits,
            application=community.application,
            terms=community.membership.terms,
            anonymous=self.anonymous_key,
        )
