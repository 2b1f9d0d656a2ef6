"""What came in, what must go out, and who changed what."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime

_BigId = BigInteger().with_variant(Integer(), "sqlite")


class Inbox(Table, table=True):
    """An update that was received. From its commit on nothing is lost."""

    __tablename__ = "inbox"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("channel", "key"),
        Index(None, "state", "id"),
        Index(None, "lane", "received_at"),
        Index(None, "sender", "sent_at"),
        Index(None, "received_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_BigId)
    channel: str = Field(max_length=128)
    key: str = Field(max_length=160)
    lane: str = Field(max_length=128)
    update: str  # JSON of the update
    sender: str | None = Field(default=None, max_length=128)  # whose words they are
    state: str = Field(default="new", max_length=8)  # new | done | failed | slowed
    sent_at: datetime = Field(sa_type=UtcDateTime)  # when the member wrote it
    received_at: datetime = Field(sa_type=UtcDateTime)
    holder: int | None = None  # who has it in hand: see storage/presence.py
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Outbox(Table, table=True):
    """Something to do on a channel, committed together with the rows it speaks of."""

    __tablename__ = "outbox"
    __table_args__: ClassVar[Any] = (
        Index(None, "state", "lane", "id"),
        Index(None, "lane", "message_id"),
        Index(None, "lane", "sent_at"),
        Index(None, "community_id", "post_id"),
        Index(None, "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=_BigId)
    channel: str = Field(max_length=32)  # prefix of the target's address
    lane: str = Field(max_length=128)  # the target: order and pacing are kept within it
    community_id: str | None = Field(default=None, max_length=64)
    post_id: int | None = None  # the post it speaks of, so that a quote of it finds the post
    application_id: int | None = None  # likewise
    action: str  # JSON of the action
    state: str = Field(
        default="new", max_length=8
    )  # new | sending | sent | unknown | refused | dropped
    tries: int = 0
    holder: int | None = None  # while sending: who does, see storage/presence.py
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)  # while sending: when it is taken for lost
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_id: str | None = Field(default=None, max_length=128)
    detail: str = ""


class BotAccount(Table, table=True):
    """A chat account of the bot itself, which another process may run: it is nobody's member."""

    __tablename__ = "bot_account"

    address: str = Field(primary_key=True, max_length=128)
    seen_at: datetime = Field(sa_type=UtcDateTime)  # when it was connected last


class Audit(Table, table=True):
    """Who changed what, when, and from where. Holds no message text, but an admin's reason for
    looking who wrote an anonymous post.
    """

    __tablename__ = "audit"
    __table_args__: ClassVar[Any] = (
        Index(None, "community_id", "subject", "subject_id"),
        Index(None, "community_id", "actor_id", "at"),
        Index(None, "community_id", "at"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = None  # None: the bot itself
    via: str = Field(default="", max_length=128)  # group or account it came through
    verb: str = Field(max_length=32)
    subject: str = Field(max_length=16)  # post | member | follow | community
    subject_id: int
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
