"""What became of matches, what was learned from it, and what somebody has yet to hear of."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime, belongs, empty

_UNTOLD = text("told_at IS NULL")


class Label(Table, table=True):
    """Somebody's word, or deed, about a match, with all that the match was made of."""

    __tablename__ = "label"
    __table_args__: ClassVar[Any] = (
        belongs("post_id", to="post.id"),
        belongs("target_post_id", to="post.id"),
        belongs("target_member_id", to="member.id"),
        belongs("by_id", to="member.id"),
        Index(None, "community_id", "post_id"),
        Index(None, "community_id", "target_post_id"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    post_id: int
    target_post_id: int | None = None
    target_member_id: int | None = None
    by_id: int
    source: str = Field(max_length=8)  # said | done | mute | word | card
    good: bool
    score: float
    coverage: float
    parts: list[dict[str, Any]] = Field(default_factory=empty, sa_type=Json)
    features: dict[str, Any] | None = Field(default=None, sa_type=Json)
    rules: str = Field(max_length=64)  # version of the rules that scored it
    created_at: datetime = Field(sa_type=UtcDateTime)


class Lesson(Table, table=True):
    """How much the words of a community count from some day on; the newest one holds."""

    __tablename__ = "lesson"

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    weights: dict[str, float] = Field(default_factory=dict, sa_type=Json)  # those below 1
    last_label_id: int  # made of the labels up to this one
    withdrawn: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class Tuning(Table, table=True):
    """A try at weights of a community's own; the newest that was not withdrawn holds."""

    __tablename__ = "tuning"

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    shifts: dict[str, dict[str, float]] = Field(default_factory=dict, sa_type=Json)  # {}: refused
    weights: str = Field(max_length=64)  # version of the shipped weights that it shifts
    labels: int  # how many it was made of
    last_label_id: int
    gains: dict[str, dict[str, float]] = Field(default_factory=dict, sa_type=Json)
    withdrawn: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class Fresh(Table, table=True):
    """A member whose profile is new or other than it was: open posts are to be looked through."""

    __tablename__ = "fresh"
    __table_args__: ClassVar[Any] = (belongs("member_id", to="member.id"), Index(None, "since"))

    community_id: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    since: datetime = Field(sa_type=UtcDateTime)


class Tip(Table, table=True):
    """A match that came up after a post was made; its author hears of it in his next letter."""

    __tablename__ = "tip"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        belongs("post_id", to="post.id"),
        belongs("target_post_id", to="post.id"),
        belongs("target_member_id", to="member.id"),
        Index(None, "community_id", "member_id", "told_at"),
        Index("ix_tip_waiting", "community_id", postgresql_where=_UNTOLD, sqlite_where=_UNTOLD),
        Index(None, "community_id", "post_id"),
        Index(None, "community_id", "target_post_id"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    member_id: int  # who hears of it
    post_id: int  # his post
    target_post_id: int | None = None
    target_member_id: int | None = None
    score: float
    why: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
