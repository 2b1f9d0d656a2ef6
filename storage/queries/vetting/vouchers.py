"""Members who were asked whether they know an applicant."""

from sqlmodel import Session, col, select

from storage.tables import Account, Application, Voucher

_OPEN = ("submitted", "needs_info")


def of(session: Session, *, community_id: str, application_id: int) -> list[Voucher]:
    """Everybody who was asked about the application."""
    statement = (
        select(Voucher)
        .where(Voucher.community_id == community_id, Voucher.application_id == application_id)
        .order_by(col(Voucher.member_id))
    )
    return list(session.exec(statement))


def awaiting(session: Session, *, account: str) -> list[str]:
    """Ids of the communities in which the holder of the account has still to answer."""
    statement = (
        select(Voucher.community_id)
        .join(
            Account,
            (col(Account.community_id) == Voucher.community_id)
            & (col(Account.member_id) == Voucher.member_id),
        )
        .join(
            Application,
            (col(Application.community_id) == Voucher.community_id)
            & (col(Application.id) == Voucher.application_id),
        )
        .where(
            Account.address == account,
            Voucher.answer == "",
            col(Application.state).in_(_OPEN),
        )
        .distinct()
        .order_by(Voucher.community_id)
    )
    return list(session.exec(statement))


def unanswered(session: Session, *, community_id: str, member_id: int) -> list[Voucher]:
    """What the member was asked and has not answered, of applications that are still open."""
    statement = (
        select(Voucher)
        .join(
            Application,
            (col(Application.community_id) == Voucher.community_id)
            & (col(Application.id) == Voucher.application_id),
        )
        .where(
            Voucher.community_id == community_id,
            Voucher.member_id == member_id,
            Voucher.answer == "",
            col(Application.state).in_(_OPEN),
        )
        .order_by(col(Voucher.asked_at).desc(), col(Voucher.application_id).desc())
    )
    return list(session.exec(statement))
