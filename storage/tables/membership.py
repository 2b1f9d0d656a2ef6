"""Where members stand: role, covenant, dues, probation; codes, reports, and who is kept out."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Table, UtcDateTime, belongs


class Membership(Table, table=True):
    """What a community has agreed with a member. Who has no row is a plain member."""

    __tablename__ = "membership"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "dues_at"),
        Index(None, "probation_at"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    role: str = Field(default="member", max_length=16)  # admin | operator | member | guest
    # active | ended | removed | outside, who only applied | nobody, who holds the posts of those
    # who were erased, or is the alias of an anonymous author
    state: str = Field(default="active", max_length=16)
    clause: int = 0  # of the covenant, for which he was removed
    reason: str = ""
    covenant: str = Field(default="", max_length=16)  # version that was accepted
    covenant_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    covenant_told: str = Field(default="", max_length=16)  # version he was reminded of
    paid_until: date | None = None
    dues_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # next reminder
    probation_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    probation_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # next reminder
    attended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # first time


class Mark(Table, table=True):
    """A lasting word about an account that holds no name and no address, only a digest of it."""

    __tablename__ = "mark"
    __table_args__: ClassVar[Any] = (Index(None, "community_id", "kind", "member_id"),)

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    kind: str = Field(primary_key=True, max_length=16)  # barred | forgotten | tried
    digest: str = Field(primary_key=True, max_length=64)
    member_id: int | None = None  # as long as the community knows him
    clause: int = 0
    reason: str = ""
    by_id: int | None = None  # the admin
    tries: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # applications in a row that came to nothing
    sent: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # applications in the day before
    at: datetime = Field(sa_type=UtcDateTime)


class Code(Table, table=True):
    """A short-lived word that proves an intention; only its digest is kept."""

    __tablename__ = "code"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "purpose", "digest"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    purpose: str = Field(primary_key=True, max_length=16)  # link | erase | guess | web
    digest: str = Field(default="", max_length=64)
    tries: int = 0  # wrong ones so far
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Report(Table, table=True):
    """A member says that the covenant was broken. Its id is typed as ``R3``."""

    __tablename__ = "report"
    __table_args__: ClassVar[Any] = (
        belongs("reporter_id", to="member.id"),
        belongs("about_id", to="member.id"),
        Index(None, "community_id", "state", "id"),
        Index(None, "community_id", "about_id"),
        Index(None, "community_id", "reporter_id"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reporter_id: int | None = None  # never shown; None once he is erased
    about_id: int | None = None
    clause: int = 0
    text: str
    state: str = Field(default="open", max_length=16)  # open | upheld | dismissed
    decided_by: int | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
