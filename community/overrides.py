"""What the admins of a community have set on the web; it goes before the configuration.

It is read from the community's row, which each message locks anyway: every process has it at
once, and no further statement is needed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from community.rules import Count, Nickname, UpToTen, WaitingDays
from community.settings import Settings
from storage.queries import communities

LONGEST: Final = 2000  # characters of a text on the public page


class Overrides(BaseModel):
    """Everything that may be set, of the same types as in config.yaml. None: not set here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    front: bool | None = None
    about: str | None = Field(None, max_length=LONGEST)
    joining: str | None = Field(None, max_length=LONGEST)
    partners: str | None = Field(None, max_length=LONGEST)
    welcome: bool | None = None
    nickname: Nickname | None = Field(None, max_length=120)
    posts_per_day: Count | None = None
    max_mentions: UpToTen | None = None
    mentions_per_day: Count | None = None
    mentions_per_week: Count | None = None
    timeout_days: WaitingDays | None = None


PLACES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "front": ("front", "on"),
        "about": ("front", "about"),
        "joining": ("front", "joining"),
        "partners": ("front", "partners"),
        "welcome": ("", "welcome"),
        "nickname": ("", "nickname"),
        "posts_per_day": ("limits", "posts_per_day"),
        "max_mentions": ("matching", "max_mentions"),
        "mentions_per_day": ("matching", "mentions_per_day"),
        "mentions_per_week": ("matching", "mentions_per_week"),
        "timeout_days": ("application", "timeout_days"),
    }
)
"""Where each stands in the settings: section and name."""


def locked_settings(session: Session, settings: Settings) -> Settings:
    """Be alone in the community until the transaction ends; gives what holds in it now."""
    return with_overrides(settings, communities.lock(session, community_id=settings.id))


def current_settings(session: Session, settings: Settings) -> Settings:
    """What holds in the community now, for whoever only reads."""
    return with_overrides(settings, communities.chosen(session, community_id=settings.id))


def with_overrides(settings: Settings, chosen: Mapping[str, Any]) -> Settings:
    """The settings of the configuration with what was chosen in their place."""
    if not chosen:
        return settings
    sections: dict[str, dict[str, Any]] = {}
    for key, value in _read(chosen).items():
        section, name = PLACES[key]
        sections.setdefault(section, {})[name] = value
    update = sections.pop("", {})
    for section, values in sections.items():
        update[section] = getattr(settings, section).model_copy(update=values)
    return settings.model_copy(update=update)


def value_of(settings: Settings, key: str) -> Any:
    """What the settings say about one of them."""
    section, name = PLACES[key]
    return getattr(getattr(settings, section) if section else settings, name)


def _read(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What is valid. Another version may have kept what this one does not take: the bot goes on."""
    try:
        return Overrides.model_validate(chosen).model_dump(exclude_none=True)
    except ValidationError as error:
        wrong = {one["loc"][0] for one in error.errors()}
        return _read({key: value for key, value in chosen.items() if key not in wrong})
