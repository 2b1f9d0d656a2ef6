"""The sections of config.yaml. Every key is described in docs/configuration.md."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from bot.config import addresses, values
from bot.config.terms import TermsConfig
from community.form import ApplicationRules
from community.rules import Nickname


class Section(BaseModel):
    """Keys that nobody knows are errors, and nothing changes after the start."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


GroupAddress = Annotated[str, AfterValidator(addresses.group)]
AccountAddress = Annotated[str, AfterValidator(addresses.account)]


class ConsoleConfig(Section):
    """Lines on standard input, replies on standard output."""

    type: Literal["console"] = "console"


class OneBotConfig(Section):
    """QQ through a OneBot v11 implementation. Without ``url`` the OneBot side connects to us.

    ``access_token`` may only be left out with ``url``; the empty text says that there is none.
    """

    type: Literal["onebot"] = "onebot"
    access_token: Annotated[SecretStr, AfterValidator(values.token)] | None = None
    url: Annotated[str, AfterValidator(values.websocket_url)] | None = None


class WechatyConfig(Section):
    """WeChat through a Wechaty puppet service.

    ``stable_ids`` is false for gateways that give everybody another id at each login.
    """

    type: Literal["wechaty"] = "wechaty"
    endpoint: Annotated[str, AfterValidator(values.endpoint)]
    token: Annotated[SecretStr, AfterValidator(values.filled_token)]
    stable_ids: bool = True


ChannelConfig = Annotated[ConsoleConfig | OneBotConfig | WechatyConfig, Field(discriminator="type")]


class CommunityConfig(Section):
    """One community: its groups, and who may decide in it."""

    id: Annotated[str, AfterValidator(values.identifier)]
    name: Annotated[str, AfterValidator(values.filled)]
    groups: tuple[GroupAddress, ...] = ()
    admins: tuple[AccountAddress, ...] = ()
    admin_group: GroupAddress | None = None
    nickname: Nickname = "{name}-{company}-{title}"
    welcome: bool = True  # receive newcomers in the group
    timezone: Annotated[str, AfterValidator(values.timezone)] = "Asia/Shanghai"
    application: ApplicationRules = ApplicationRules()
    membership: TermsConfig = TermsConfig()


class OutboxConfig(Section):
    """How fast the bot may talk in one group."""

    min_interval: float = Field(3, ge=0, le=3600, allow_inf_nan=False)  # seconds; 0 = no limit
    per_hour: int = Field(60, ge=0)  # 0 = no limit


class WebConfig(Section):
    """Where the bot listens, and how it is reached from outside.

    ``playground`` left out: on where only the console runs, for visitors from this machine.
    """

    listen: Annotated[str, AfterValidator(values.listen)] = "127.0.0.1:8080"
    public_url: Annotated[str, AfterValidator(values.web_url)] = Field(
        default_factory=lambda section: f"http://{section.get('listen', '')}"
    )
    playground: bool | None = None
    metrics_token: Annotated[SecretStr, AfterValidator(values.long_token)] | None = None

    @property
    def host(self) -> str:
        """The address to listen on."""
        return values.split_listen(self.listen)[0]

    @property
    def port(self) -> int:
        """The port to listen on."""
        return values.split_listen(self.listen)[1]


class MailConfig(Section):
    """How letters leave. With an empty ``url`` they are written to files."""

    url: Annotated[SecretStr, AfterValidator(values.mail_url)] = SecretStr("")
    sender: Annotated[str, AfterValidator(values.mail_sender)] = ""  # empty: the user of the url


class AlertsConfig(Section):
    """Who hears of trouble, besides the admins of the communities."""

    mail: tuple[Annotated[str, AfterValidator(values.mail_address)], ...] = ()


DaysKept = Annotated[int, Field(ge=0, le=36_500), AfterValidator(values.days_kept)]


class AnonymousConfig(Section):
    """The key that seals who wrote anonymous posts. Left out: a file beside the data."""

    key: Annotated[SecretStr, AfterValidator(values.sealing_key)] | None = None


class RetentionConfig(Section):
    """How long is kept what is over. 0: for ever."""

    ended_posts_days: DaysKept = 0  # those that came to nothing
    audit_days: DaysKept = 0
