"""The rules a community sets for itself, in config.yaml or on the web: docs/configuration.md."""

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

NICKNAME_FIELDS = ("name", "company", "title", "city", "industry")


def _nickname(text: str) -> str:
    """A pattern that only speaks of what a profile holds."""
    allowed = "、".join(f"{{{name}}}" for name in NICKNAME_FIELDS)
    wrong = ValueError(f"的花括号里只能写 {allowed}")
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise wrong from None
    for _, field, form, conversion in parts:
        if field is not None and (field not in NICKNAME_FIELDS or form or conversion):
            raise wrong
    return text


Count = Annotated[int, Field(ge=0)]  # mostly 0 = no limit
UpToTen = Annotated[int, Field(ge=0, le=10)]
WaitingDays = Annotated[int, Field(ge=1, le=60)]
Nickname = Annotated[str, AfterValidator(_nickname)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MatchingRules(_Section):
    """How many matches are shown, and how often a member may be called without having asked."""

    max_results: UpToTen = 3
    max_mentions: UpToTen = 3  # per post
    mentions_per_day: Count = 1  # unsolicited, per member; 0 = no limit
    mentions_per_week: Count = 3


class Limits(_Section):
    """What one member may do."""

    posts_per_day: Count = 3  # 0 = no limit
    commands_per_minute: Count = 20
