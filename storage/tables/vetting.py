"""Newcomers: their applications, and what members say of them."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime, belongs, empty


class Application(Table, table=True):
    """A request to join, whichever door it came through. Its id is typed as ``#A12``."""

    __tablename__ = "application"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "account", "id"),
        Index(None, "community_id", "state", "id"),
        Index(None, "account", "state"),
        Index(None, "due_at"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    # draft | submitted | needs_info | approved | rejected | withdrawn | timed_out | superseded
    state: str = Field(default="draft", max_length=16)
    source: str = Field(max_length=16)  # qq_request | friend_request | chat | web
    account: str = Field(max_length=128)
    name: str = ""  # as the channel shows the applicant
    member_id: int | None = None  # when the applicant is, or has become, a member
    answers: dict[str, str] = Field(default_factory=dict, sa_type=Json)  # by field of the form
    asking: str = Field(default="", max_length=40)  # field that a draft waits for; "confirm"
    # The platform's join request, for answering it there.
    flag: str = Field(default="", max_length=256)
    sub_type: str = Field(default="", max_length=16)
    group_address: str | None = Field(default=None, max_length=128)  # the group asked for
    comment: str = ""  # as the request brought it
    # What the admins want to know before they decide.
    questions: list[str] = Field(
        default_factory=empty, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    # Questions answered: {"question": …, "answer": …}
    exchanges: list[dict[str, str]] = Field(default_factory=empty, sa_type=Json)
    approvals: list[int] = Field(default_factory=empty, sa_type=Json)  # admins for it so far
    assigned_to: int | None = None  # the admin whom it was handed to
    handled_by: int | None = None  # the admin who decided; None: a rule did
    handled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""  # why it was rejected
    repeats: int = 0  # how many of the applicant's tries before it ended without success
    reminders: int = 0  # sent to the applicant since his last word
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)  # the applicant's last word
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # next reminder or end


class Voucher(Table, table=True):
    """A member who was asked in private whether he knows an applicant."""

    __tablename__ = "voucher"
    __table_args__: ClassVar[Any] = (
        belongs("application_id", to="application.id"),
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    application_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=8)  # yes | no | "" while nothing was said
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
