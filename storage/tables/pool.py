"""The pool of resources: posts, how they match, who was called, who wants to hear of what."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, SmallInteger
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime, belongs, empty


class Post(Table, table=True):
    """What a member needs or offers. Its id is the number that members type: ``#12``."""

    __tablename__ = "post"
    __table_args__: ClassVar[Any] = (
        belongs("author_id", to="member.id"),
        Index(None, "community_id", "author_id", "created_at"),
        Index(None, "community_id", "collected_by", "created_at"),
        Index(None, "community_id", "state", "expires_at"),
        Index("ix_post_newest", "community_id", "state", "kind", "id", "author_id"),
        Index(None, "community_id", "created_at"),
        Index(None, "community_id", "source_message", "source_group"),
        Index(None, "state", "notice_at"),
        Index(None, "analysis_version"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=8)  # need | offer
    author_id: int
    text: str
    title: str
    fingerprint: str = Field(max_length=64)
    # active | done | withdrawn | expired | undone
    state: str = Field(default="active", max_length=16)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    notice_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # next expiry notice
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    bumps: int = 0
    source_group: str | None = Field(default=None, max_length=128)  # None: a private chat
    source_message: str | None = Field(default=None, max_length=128)
    collected_by: int | None = None  # the member who stored another's message as a post
    analysis: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    analysis_version: str = Field(default="", max_length=64)


class Posting(Table, table=True):
    """One line of the search index: this term occurs in that post or profile, and says so much.

    A plain table instead of FTS5 and GIN: one code path, the same candidates on every database,
    and faster than FTS5 for the few telling terms that are asked for (docs/decisions).
    """

    __tablename__ = "posting"
    __table_args__: ClassVar[Any] = (
        Index(None, "community_id", "shelf", "item_id"),
        {"sqlite_with_rowid": False},
    )

    community_id: str = Field(primary_key=True, max_length=64)
    shelf: str = Field(primary_key=True, max_length=8)  # need | offer | ex-need | ex-offer | member
    term: str = Field(primary_key=True, max_length=64)
    weight: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    item_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class Match(Table, table=True):
    """A scored, explained link from a post to a post or to a member."""

    __tablename__ = "match"
    __table_args__: ClassVar[Any] = (
        belongs("post_id", to="post.id"),
        belongs("target_post_id", to="post.id"),
        belongs("target_member_id", to="member.id"),
        Index(None, "community_id", "post_id"),
        Index(None, "community_id", "target_post_id"),
        Index(None, "community_id", "target_member_id"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    post_id: int
    target_post_id: int | None = None
    target_member_id: int | None = None
    score: float
    coverage: float = 0.0  # share of the post's own words
    reasons: list[str] = Field(default_factory=empty, sa_type=Json)
    parts: list[dict[str, Any]] = Field(default_factory=empty, sa_type=Json)  # the same, as data
    features: dict[str, Any] | None = Field(default=None, sa_type=Json)  # what was measured
    shown: bool = False  # listed or called, not only stored
    rules: str = Field(default="", max_length=64)  # version of the rules that scored it
    created_at: datetime = Field(sa_type=UtcDateTime)


class Mention(Table, table=True):
    """A real @ in a group, spent from a member's budget."""

    __tablename__ = "mention"
    __table_args__: ClassVar[Any] = (
        belongs("post_id", to="post.id"),
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id", "created_at"),
        Index(None, "community_id", "post_id"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    post_id: int | None = None  # None: to meet a newcomer
    member_id: int
    group_address: str = Field(max_length=128)
    solicited: bool = False  # the member follows a word of the post
    created_at: datetime = Field(sa_type=UtcDateTime)


class Follow(Table, table=True):
    """A standing wish: tell me when somebody posts about this."""

    __tablename__ = "follow"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id"),
        Index(None, "community_id", "term"),
        Index(None, "analysis_version"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    member_id: int
    keyword: str = Field(max_length=64)  # as typed
    term: str = Field(max_length=64)  # its most telling term, to find the follow by
    analysis: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    analysis_version: str = Field(default="", max_length=64)
    last_post_id: int = 0  # nothing is told twice
    # Posts that came to say it by other words, for the next letter.
    older: list[int] = Field(
        default_factory=empty, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    created_at: datetime = Field(sa_type=UtcDateTime)


class Credit(Table, table=True):
    """Thanks to a helper: who got somebody's post done."""

    __tablename__ = "credit"
    __table_args__: ClassVar[Any] = (
        belongs("post_id", to="post.id"),
        belongs("helper_id", to="member.id"),
        Index(None, "community_id", "helper_id"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    post_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    helper_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    created_at: datetime = Field(sa_type=UtcDateTime)
