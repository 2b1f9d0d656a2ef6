"""Sign-ins and mailed codes."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import MailCode, SignIn


def code(session: Session, *, key: tuple[str, str, str, str]) -> MailCode | None:
    """The code of (community, purpose, digests of address and browser), also when it is over."""
    return session.get(MailCode, key)


def codes_of(
    session: Session, *, community_id: str, purpose: str, address: str, since: datetime
) -> list[MailCode]:
    """What was mailed to an address, for whomever, since then; the longest ago first."""
    statement = (
        select(MailCode)
        .where(
            MailCode.community_id == community_id,
            MailCode.purpose == purpose,
            MailCode.address == address,
            MailCode.window_at > since,
        )
        .order_by(col(MailCode.window_at), col(MailCode.browser))
    )
    return list(session.exec(statement))


def find(session: Session, *, community_id: str, digest: str) -> SignIn | None:
    """The sign-in of that digest, also when its time is over."""
    return session.get(SignIn, (community_id, digest))


def of_member(
    session: Session, *, community_id: str, member_id: int, now: datetime
) -> list[SignIn]:
    """Where the member is signed in, the browser seen last first."""
    statement = (
        select(SignIn)
        .where(
            SignIn.community_id == community_id,
            SignIn.member_id == member_id,
            SignIn.expires_at > now,
        )
        .order_by(col(SignIn.seen_at).desc(), col(SignIn.digest))
    )
    return list(session.exec(statement))
