"""What the pages need to remember: who is signed in, what is half written, what somebody chose."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Json, Table, UtcDateTime, belongs


class SignIn(Table, table=True):
    """A browser in which a member is signed in; only the digest of its token is kept."""

    __tablename__ = "sign_in"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "community_id", "member_id"),
        Index(None, "expires_at"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    digest: str = Field(primary_key=True, max_length=64)
    member_id: int
    device: str = Field(default="", max_length=80)  # as the member knows it again: "微信，iPhone"
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class MailCode(Table, table=True):
    """The last six digits mailed to an address for one browser, and how many were.

    All that could tell who it was is kept as a digest.
    """

    __tablename__ = "mail_code"
    __table_args__: ClassVar[Any] = (Index(None, "window_at"),)

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    purpose: str = Field(primary_key=True, max_length=16)  # sign_in | join | add
    address: str = Field(primary_key=True, max_length=64)
    browser: str = Field(primary_key=True, max_length=64)  # that asked, and may use it
    place: str = Field(max_length=64)  # from where it asked
    digest: str = Field(default="", max_length=64)
    tries: int = 0  # wrong ones so far
    expires_at: datetime = Field(sa_type=UtcDateTime)
    window_at: datetime = Field(sa_type=UtcDateTime)  # from here on codes are counted
    sent: int = 0


class JoinForm(Table, table=True):
    """An application while it is written on the page, known by the digest of a browser's token."""

    __tablename__ = "join_form"
    __table_args__: ClassVar[Any] = (
        Index(None, "community_id", "account"),
        Index(None, "updated_at"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    digest: str = Field(primary_key=True, max_length=64)
    account: str = Field(default="", max_length=128)  # mail:…, once it is typed
    confirmed: bool = False  # a code from that address came back
    answers: dict[str, str] = Field(default_factory=dict, sa_type=Json)  # by field of the form
    application_id: int | None = None  # what it has become
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Proof(Table, table=True):
    """A file that an applicant handed in. Its bytes lie in a folder that no page serves."""

    __tablename__ = "proof"
    __table_args__: ClassVar[Any] = (
        belongs("form", to="join_form.digest"),
        Index(None, "community_id", "application_id"),
        Index(None, "community_id", "form"),
    )

    community_id: str = Field(primary_key=True, foreign_key="community.id", max_length=64)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    form: str = Field(max_length=64)
    application_id: int | None = None
    name: str = Field(max_length=200)  # as the applicant called it
    kind: str = Field(max_length=64)  # media type, by its content
    size: int  # bytes
    file: str = Field(max_length=80)  # its name in the folder
    created_at: datetime = Field(sa_type=UtcDateTime)


class Preference(Table, table=True):
    """What a member wants by mail, and what others see of him. Without a row the defaults hold."""

    __tablename__ = "preference"
    __table_args__: ClassVar[Any] = (
        belongs("member_id", to="member.id"),
        Index(None, "due_at"),
        Index(None, "community_id", "unsubscribe"),
    )

    community_id: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    alerts: str = Field(default="off", max_length=8)  # matches by mail: off | now | daily | weekly
    digest: str = Field(
        default="off", max_length=8
    )  # what is new in the pool: off | daily | weekly
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # next letter
    last_match: int = 0  # nothing up to this one is told again
    last_post: int = 0
    unsubscribe: str = Field(default="", max_length=64)  # token of the link in each letter
    listed: bool = True  # in the directory and in what #找 and the pages find
    shows_company: bool = True
    shows_contact: bool = False
    contact: str = Field(default="", max_length=200)  # in the member's own words
