"""All that is kept of one person."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, SQLModel, col, select

from storage.tables import (
    Application,
    Audit,
    Credit,
    Follow,
    Label,
    Member,
    Mention,
    Post,
    Preference,
    Report,
    Seat,
    SignIn,
    Voucher,
)


def posts(session: Session, *, member: Member) -> list[Post]:
    """All posts of the member, whatever became of them."""
    mine = (Post.community_id == member.community_id, Post.author_id == member.id)
    return _rows(session, Post, *mine, by=col(Post.id))


def thanks(session: Session, *, member: Member) -> list[Credit]:
    """Thanks that the member got."""
    mine = (Credit.community_id == member.community_id, Credit.helper_id == member.id)
    return _rows(session, Credit, *mine, by=col(Credit.created_at))


def follows(session: Session, *, member: Member) -> list[Follow]:
    """What the member follows."""
    mine = (Follow.community_id == member.community_id, Follow.member_id == member.id)
    return _rows(session, Follow, *mine, by=col(Follow.id))


def mentions(session: Session, *, member: Member) -> list[Mention]:
    """When the member was called."""
    mine = (Mention.community_id == member.community_id, Mention.member_id == member.id)
    return _rows(session, Mention, *mine, by=col(Mention.id))


def labels(session: Session, *, member: Member) -> list[Label]:
    """What the member said of matches, or showed by what he did."""
    mine = (Label.community_id == member.community_id, Label.by_id == member.id)
    return _rows(session, Label, *mine, by=col(Label.id))


def seats(session: Session, *, member: Member, accounts: Collection[str]) -> list[Seat]:
    """The places of these accounts in the community's groups, also those that were left."""
    mine = (Seat.community_id == member.community_id, col(Seat.account).in_(accounts))
    return _rows(session, Seat, *mine, by=col(Seat.group_address))


def reports(session: Session, *, member: Member) -> list[Report]:
    """What the member reported."""
    mine = (Report.community_id == member.community_id, Report.reporter_id == member.id)
    return _rows(session, Report, *mine, by=col(Report.id))


def vouchers(session: Session, *, member: Member) -> list[Voucher]:
    """Newcomers whom the member was asked about."""
    mine = (Voucher.community_id == member.community_id, Voucher.member_id == member.id)
    return _rows(session, Voucher, *mine, by=col(Voucher.application_id))


def applications(
    session: Session, *, member: Member, accounts: Collection[str]
) -> list[Application]:
    """The person's own applications."""
    mine = or_(col(Application.member_id) == member.id, col(Application.account).in_(accounts))
    here = Application.community_id == member.community_id
    return _rows(session, Application, here, mine, by=col(Application.id))


def deeds(session: Session, *, member: Member) -> list[Audit]:
    """What the member did, as the audit has it."""
    mine = (Audit.community_id == member.community_id, Audit.actor_id == member.id)
    return _rows(session, Audit, *mine, by=col(Audit.id))


def sign_ins(session: Session, *, member: Member) -> list[SignIn]:
    """Where the member is or was signed in."""
    mine = (SignIn.community_id == member.community_id, SignIn.member_id == member.id)
    return _rows(session, SignIn, *mine, by=col(SignIn.created_at))


def preference(session: Session, *, member: Member) -> Preference | None:
    """What the member chose on the pages."""
    return session.get(Preference, (member.community_id, member.id))


def _rows(session: Session, table: type[SQLModel], *conditions: Any, by: Any) -> list[Any]:
    return list(session.exec(select(table).where(*conditions).order_by(by)))
