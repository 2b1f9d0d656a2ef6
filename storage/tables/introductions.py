"""Two people who are put in touch, both having agreed."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Table, UtcDateTime, belongs


class Introduction(Table, table=True):
    """Somebody wants to know another, or a third puts two in touch. Its id is typed as ``I3``."""

    __tablename__ = "introduction"
    __table_args__: ClassVar[Any] = (
        belongs("asker_id", to="member.id"),
        belongs("asked_id", to="member.id"),
        belongs("introducer_id", to="member.id"),
        belongs("post_id", to="post.id"),
        Index(None, "community_id", "asker_id"),
        Index(None, "community_id", "asked_id"),
        Index(None, "community_id", "introducer_id"),
        Index(None, "community_id", "post_id"),
        Index(None, "due_at"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    asker_id: int  # where a third introduces them: the one whom he named first
    asked_id: int
    introducer_id: int | None = None  # None: the asker asked himself
    post_id: int | None = None  # None: it is about the person
    words: str = ""  # of whoever asked; gone once nobody has to answer them any more
    state: str = Field(default="asked", max_length=8)  # asked | agreed | declined | lapsed
    asker_said: str = Field(default="", max_length=4)  # yes | no
    asked_said: str = Field(default="", max_length=4)
    asker_contact: str = ""  # what the other one gets, until he has got it
    asked_contact: str = ""
    outcome: str = Field(default="", max_length=16)  # succeeded | failed | ongoing
    chases: int = 0  # how often it was asked what came of it
    created_at: datetime = Field(sa_type=UtcDateTime)
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # The end of the time to answer, declined or not; then the next question what came of it.
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
