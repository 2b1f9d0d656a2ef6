"""Work that comes round by the calendar."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Table, UtcDateTime


class Chore(Table, table=True):
    """When something that a community does again and again was done last."""

    __tablename__ = "chore"

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    name: str = Field(primary_key=True, max_length=32)
    done_at: datetime = Field(sa_type=UtcDateTime)
