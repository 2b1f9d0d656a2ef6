"""People who come into a group, and what the bot still has to see to."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Table, UtcDateTime, belongs


class Arrival(Table, table=True):
    """Somebody who was let into a group, or is there, and whose card is looked after."""

    __tablename__ = "arrival"
    __table_args__: ClassVar[Any] = (
        belongs("group_address", to="chat_group.address"),
        Index(None, "community_id", "account"),
        Index(None, "due_at"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    group_address: str = Field(primary_key=True, max_length=128)
    account: str = Field(primary_key=True, max_length=128)
    state: str = Field(default="here", max_length=8)  # expected | here | gone | removed
    since: datetime = Field(sa_type=UtcDateTime)  # when the state began
    welcomed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looks: int = 0  # how often the card was looked at since
    reminded: bool = False  # of a card that was right once and is no more
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # next look
