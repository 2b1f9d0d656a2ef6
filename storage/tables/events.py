"""Meet-ups with seats: who comes, who waits, and what is held against whoever stayed away."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Table, UtcDateTime, belongs


class Event(Table, table=True):
    """A meet-up. Its id is typed as ``E3``."""

    __tablename__ = "event"
    __table_args__: ClassVar[Any] = (
        Index(None, "community_id", "state", "starts_at"),
        Index(None, "due_at"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    title: str
    place: str
    note: str = ""
    cap: int  # seats
    starts_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)  # until then one signs up, or leaves for free
    priority_id: int | None = None  # of the event whose attendees come first
    state: str = Field(default="open", max_length=16)  # open | cancelled | over
    created_by: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the reminder, or the end


class Registration(Table, table=True):
    """One member's place at an event."""

    __tablename__ = "registration"
    __table_args__: ClassVar[Any] = (
        belongs("event_id", to="event.id"),
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id"),
        Index(None, "due_at"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    event_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    state: str = Field(max_length=16)  # seated | offered | waiting | left | attended | absent
    asked_at: datetime = Field(sa_type=UtcDateTime)  # when he signed up last
    displaced: bool = False  # had to give his seat to somebody who comes first
    behind: bool = False  # too many strikes when he signed up
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # an offer ends; feedback
    asked: int = 0  # how often he was asked for feedback, or got a strike for none
    feedback: str = ""


class Strike(Table, table=True):
    """What is held against a member for some weeks."""

    __tablename__ = "strike"
    __table_args__: ClassVar[Any] = (
        belongs("event_id", to="event.id"),
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id", "at"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    event_id: int
    member_id: int
    reason: str = Field(max_length=16)  # absent | late | feedback
    points: int
    at: datetime = Field(sa_type=UtcDateTime)
