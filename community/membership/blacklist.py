"""Who is kept out: an account, known by its digest so that it outlives the erasure of a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from community.membership.digests import digest
from matching import fold
from storage.queries.people import marks, memberships
from storage.tables import Mark, Member

KIND = "barred"


@dataclass(frozen=True)
class Barred:
    """A bar, as the admins read it."""

    at: datetime
    clause: int  # of the covenant; 0: none was named
    reason: str  # empty once the person was erased
    member_id: int | None


def blacklisted(session: Session, *, community_id: str, account: str) -> Barred | None:
    """The bar on an account, if there is one."""
    mark = marks.get(
        session, community_id=community_id, kind=KIND, digest=digest(community_id, account)
    )
    return None if mark is None else _barred(mark)


def namesakes(session: Session, *, community_id: str, name: str) -> list[Barred]:
    """Bars on known people of that very name: worth a look, no proof."""
    wanted = fold(name).strip()
    if not wanted:
        return []
    found = marks.with_members(session, community_id=community_id, kind=KIND)
    bars = {member.id: mark for mark, member in found if fold(member.name).strip() == wanted}
    return [_barred(mark) for mark in bars.values()]


def is_barred(session: Session, member: Member) -> bool:
    """One of the member's accounts is kept out."""
    return bool(
        marks.of_member(session, community_id=member.community_id, kind=KIND, member_id=member.id)
    )


def bar(
    session: Session,
    *,
    member: Member,
    accounts: Collection[str],
    by: Member,
    clause: int,
    reason: str,
    at: datetime,
) -> None:
    """Keep out whoever comes with one of the accounts."""
    for account in accounts:
        session.merge(
            Mark(
                community_id=member.community_id,
                kind=KIND,
                digest=digest(member.community_id, account),
                member_id=member.id,
                clause=clause,
                reason=reason,
                by_id=by.id,
                at=at,
            )
        )


def know_again(session: Session, *, member: Member, accounts: Collection[str]) -> None:
    """Whoever was kept out, had himself erased and is met anew is still kept out."""
    digests = [digest(member.community_id, account) for account in accounts]
    for mark in marks.on(session, community_id=member.community_id, kind=KIND, digests=digests):
        mark.member_id, member.active = member.id, False
        here, number = member.community_id, member.id
        memberships.ensure(session, community_id=here, member_id=number).state = "removed"


def unbar(session: Session, *, member: Member) -> bool:
    """Let the member's accounts in again; False: they were not kept out."""
    held = marks.of_member(
        session, community_id=member.community_id, kind=KIND, member_id=member.id
    )
    for mark in held:
        session.delete(mark)
    return bool(held)


def _barred(mark: Mark) -> Barred:
    return Barred(mark.at, mark.clause, mark.reason, mark.member_id)
