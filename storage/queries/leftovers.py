"""What the pages remember only for a while."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import JoinForm, MailCode, Proof, SignIn

KEEP_CODES = timedelta(days=1)
KEEP_FORMS = timedelta(days=30)


def prune(session: Session, *, now: datetime) -> None:
    """Forget codes that nobody counts any more, and sign-ins that have ended."""
    session.exec(delete(MailCode).where(col(MailCode.window_at) < now - KEEP_CODES))
    session.exec(delete(SignIn).where(col(SignIn.expires_at) <= now))


def forms(session: Session, *, now: datetime, limit: int) -> list[JoinForm]:
    """Forms that became nothing and were not touched for long; held until the transaction ends."""
    statement = (
        select(JoinForm)
        .where(col(JoinForm.application_id).is_(None), col(JoinForm.updated_at) < now - KEEP_FORMS)
        .order_by(col(JoinForm.updated_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(statement))


def files_of(session: Session, *, form: JoinForm) -> list[str]:
    """The names of the files that came with a form."""
    statement = select(Proof.file).where(
        Proof.community_id == form.community_id, Proof.form == form.digest
    )
    return list(session.exec(statement))
