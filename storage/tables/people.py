"""Communities, their groups, and the people in them."""

import re
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime, belongs, empty

_TURNING: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANK: Final = " \u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0"  # and yet printable, says Unicode


class Community(Table, table=True):
    """One club, with its own pool, rules and admins. Its id comes from the configuration."""

    __tablename__ = "community"

    id: str = Field(primary_key=True, max_length=64)
    name: str
    # What its admins have set on the web, by name; it goes before the configuration.
    chosen: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )
    created_at: datetime = Field(sa_type=UtcDateTime)


class Counter(Table, table=True):
    """The last number given out in a community, for each kind of row.

    Numbers are small, dense and the same on every database, which is what members type.
    """

    __tablename__ = "counter"

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    name: str = Field(primary_key=True, max_length=32)
    value: int = 0


class Group(Table, table=True):
    """One chat group on one channel; it belongs to one community."""

    __tablename__ = "chat_group"

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    address: str = Field(primary_key=True, max_length=128, unique=True)
    name: str = ""
    native_id: str = Field(default="", max_length=128)  # where the address is a topic
    synced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # full member list


class Member(Table, table=True):
    """A person in one community; may hold several accounts, or none yet after an import."""

    __tablename__ = "member"
    __table_args__: ClassVar[Any] = (
        Index(None, "analysis_version"),
        # The directory and its filters read nothing but this.
        Index("ix_member_directory", "community_id", "active", "city", "industry", "id"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = ""
    group_nickname: str = ""
    company: str = ""
    title: str = ""
    city: str = ""
    industry: str = ""
    bio: str = ""
    gives: str = ""  # what I can give, in the member's own words
    seeks: str = ""
    skills: list[str] = Field(default_factory=empty, sa_type=Json)
    keywords: list[str] = Field(default_factory=empty, sa_type=Json)
    # Fields of the profile that the member set or cleared himself: a roster leaves them alone.
    own: list[str] = Field(
        default_factory=empty, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    muted: bool = False  # never called without having asked
    active: bool = True
    analysis: dict[str, Any] | None = Field(default=None, sa_type=Json)
    analysis_version: str = Field(default="", max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def shown(self) -> str:
        """The name that others read; never empty."""
        return shown_as(self.id, self.name, self.group_nickname)


def shown_as(number: int, name: str, group_nickname: str) -> str:
    """The name that others read of a member.

    Signs that turn round what stands behind them stay out, and so do names that nobody sees.
    """
    return _seen(name) or _seen(group_nickname) or f"成员{number}"


def _seen(name: str) -> str:
    held = _TURNING.sub("", name)
    return held if any(sign.isprintable() and sign not in _BLANK for sign in held) else ""


class Account(Table, table=True):
    """A person's stable id on one channel, as a member of one community."""

    __tablename__ = "account"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id"),
        Index(None, "address"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    address: str = Field(primary_key=True, max_length=128)
    member_id: int
    name: str = ""
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Seat(Table, table=True):
    """An account in one group, with the card it wears there."""

    __tablename__ = "seat"
    __table_args__: ClassVar[Any] = (
        belongs("group_address", to="chat_group.address"),
        Index(None, "community_id", "account"),
        Index(None, "account"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    group_address: str = Field(primary_key=True, max_length=128)
    account: str = Field(primary_key=True, max_length=128)
    name: str = ""
    card: str = ""
    role: str = Field(default="member", max_length=16)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
