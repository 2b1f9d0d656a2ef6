"""What a community has decided about itself, as the rooms of this package read it."""

from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, SecretStr

from community.form import ApplicationRules
from community.rules import Limits, MatchingRules
from community.terms import Terms


class Front(BaseModel):
    """The page that strangers see; off until the community has switched it on."""

    model_config = ConfigDict(frozen=True)

    on: bool = False
    about: str = ""  # who we are
    joining: str = ""  # how to join
    partners: str = ""  # whom partners write to


class AnonymousKey(BaseModel):
    """Where the key lies that seals the authors of anonymous posts; nowhere: there are none."""

    model_config = ConfigDict(frozen=True)

    file: Path | None = None
    secret: SecretStr | None = None  # goes before the file


class Settings(BaseModel):
    """One community of the configuration, with the rules that hold in it."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    groups: tuple[str, ...] = ()
    admins: frozenset[str] = frozenset()  # accounts
    leads_more: frozenset[str] = frozenset()  # those of them who are admins of others, too
    admin_group: str | None = None
    nickname: str = "{name}-{company}-{title}"
    welcome: bool = True
    timezone: str = "Asia/Shanghai"
    public_url: str = ""  # where the pages are reached; empty: there are none
    matching: MatchingRules = MatchingRules()
    limits: Limits = Limits()
    application: ApplicationRules = ApplicationRules()
    terms: Terms = Terms()
    front: Front = Front()
    anonymous: AnonymousKey = AnonymousKey()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which dates are told to members."""
        return ZoneInfo(self.timezone)
