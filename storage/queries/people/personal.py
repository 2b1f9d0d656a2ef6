"""All that is kept of one person."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, SQLModel, col, select

from storage.tables import (
    Application,
    Audit,
    Credit,
    Event,
    Follow,
    Introduction,
    Label,
    Member,
    Mention,
    Post,
    Preference,
    Registration,
    Report,
    Seat,
    SignIn,
    Strike,
    Voucher,
)


def posts(session: Session, *, member: Member) -> list[Post]:
    """All posts of the member, whatever became of them."""
    return _of(session, member, Post, Post.author_id, by=Post.id)


def thanks(session: Session, *, member: Member) -> list[Credit]:
    """Thanks that the member got."""
    return _of(session, member, Credit, Credit.helper_id, by=Credit.created_at)


def follows(session: Session, *, member: Member) -> list[Follow]:
    """What the member follows."""
    return _of(session, member, Follow, Follow.member_id, by=Follow.id)


def mentions(session: Session, *, member: Member) -> list[Mention]:
    """When the member was called."""
    return _of(session, member, Mention, Mention.member_id, by=Mention.id)


def introductions(
    session: Session, *, community_id: str, numbers: Collection[int]
) -> list[Introduction]:
    """Those that have to do with whoever has these numbers, as whoever he is in them."""
    mine = or_(
        col(Introduction.asker_id).in_(numbers),
        col(Introduction.asked_id).in_(numbers),
        col(Introduction.introducer_id).in_(numbers),
    )
    here = Introduction.community_id == community_id
    return _rows(session, Introduction, here, mine, by=col(Introduction.id))


def labels(session: Session, *, member: Member) -> list[Label]:
    """What the member said of matches, or showed by what he did."""
    return _of(session, member, Label, Label.by_id, by=Label.id)


def seats(session: Session, *, member: Member, accounts: Collection[str]) -> list[Seat]:
    """The places of these accounts in the community's groups, also those that were left."""
    mine = (Seat.community_id == member.community_id, col(Seat.account).in_(accounts))
    return _rows(session, Seat, *mine, by=col(Seat.group_address))


def reports(session: Session, *, member: Member) -> list[Report]:
    """What the member reported."""
    return _of(session, member, Report, Report.reporter_id, by=Report.id)


def vouchers(session: Session, *, member: Member) -> list[Voucher]:
    """Newcomers whom the member was asked about."""
    return _of(session, member, Voucher, Voucher.member_id, by=Voucher.application_id)


def applications(
    session: Session, *, member: Member, accounts: Collection[str]
) -> list[Application]:
    """The person's own applications."""
    mine = or_(col(Application.member_id) == member.id, col(Application.account).in_(accounts))
    here = Application.community_id == member.community_id
    return _rows(session, Application, here, mine, by=col(Application.id))


def deeds(session: Session, *, member: Member) -> list[Audit]:
    """What the member did, as the audit has it."""
    return _of(session, member, Audit, Audit.actor_id, by=Audit.id)


def places(session: Session, *, member: Member) -> list[tuple[Registration, Event]]:
    """Events that the member signed up for, whatever became of it."""
    found = _of(session, member, Registration, Registration.member_id, by=Registration.event_id)
    return [(row, session.get_one(Event, (row.community_id, row.event_id))) for row in found]


def strikes(session: Session, *, member: Member) -> list[Strike]:
    """What is held against the member."""
    return _of(session, member, Strike, Strike.member_id, by=Strike.id)


def sign_ins(session: Session, *, member: Member) -> list[SignIn]:
    """Where the member is or was signed in."""
    return _of(session, member, SignIn, SignIn.member_id, by=SignIn.created_at)


def preference(session: Session, *, member: Member) -> Preference | None:
    """What the member chose on the pages."""
    return session.get(Preference, (member.community_id, member.id))


def _of(session: Session, member: Member, table: Any, whose: Any, *, by: Any) -> list[Any]:
    """Rows of the member's community that name him."""
    mine = (table.community_id == member.community_id, whose == member.id)
    return _rows(session, table, *mine, by=col(by))


def _rows(session: Session, table: type[SQLModel], *conditions: Any, by: Any) -> list[Any]:
    return list(session.exec(select(table).where(*conditions).order_by(by)))
