"""The rules a community sets for itself. Part of config.yaml, see docs/configuration.md."""

from pydantic import BaseModel, ConfigDict, Field


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MatchingRules(_Section):
    """How many matches are shown, and how often a member may be called without having asked."""

    max_results: int = Field(3, ge=0, le=10)
    max_mentions: int = Field(3, ge=0, le=10)  # per post
    mentions_per_day: int = Field(1, ge=0)  # unsolicited, per member; 0 = no limit
    mentions_per_week: int = Field(3, ge=0)


class Limits(_Section):
    """What one member may do."""

    posts_per_day: int = Field(3, ge=0)  # 0 = no limit


class Rules(_Section):
    """All rules together, as handlers get them."""

    matching: MatchingRules = MatchingRules()
    limits: Limits = Limits()
