"""Who is behind an alias: sealed, so that the database alone does not tell."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime, belongs, empty


class AnonymousAuthor(Table, table=True):
    """The person behind a member row that exists for one anonymous post alone.

    All that could name him is sealed, or blinded with a key that is not in the database. There is
    no time in it, and no other row says when he wrote.
    """

    __tablename__ = "anonymous_author"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "blind"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # the alias
    sealed: str  # the person's member id
    blind: str = Field(max_length=64)  # the same for all aliases of one person
    # The employer that he had declared, and the beginnings of its name, blinded as well.
    employers: list[str] = Field(default_factory=empty, sa_type=Json)
    key_id: str = Field(max_length=16)  # a fingerprint of the key


class AnonymousDraft(Table, table=True):
    """A text that its author has still to confirm; blinded and sealed likewise."""

    __tablename__ = "anonymous_draft"
    __table_args__: ClassVar[Any] = (Index(None, "expires_at"),)

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    blind: str = Field(primary_key=True, max_length=64)
    sealed: str
    expires_at: datetime = Field(sa_type=UtcDateTime)
