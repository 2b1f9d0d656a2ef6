"""Files that applicants hand in as proof."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from storage.tables import JoinForm, Proof


def get(session: Session, *, community_id: str, proof_id: int) -> Proof | None:
    """The file of that number."""
    return session.get(Proof, (community_id, proof_id))


def of_form(session: Session, *, community_id: str, form: str) -> list[Proof]:
    """What hangs on the form of a browser, in the order in which it came."""
    statement = select(Proof).where(Proof.community_id == community_id, Proof.form == form)
    return list(session.exec(statement.order_by(col(Proof.id))))


def of_application(session: Session, *, community_id: str, application_id: int) -> list[Proof]:
    """What was handed in with an application."""
    statement = select(Proof).where(
        Proof.community_id == community_id, Proof.application_id == application_id
    )
    return list(session.exec(statement.order_by(col(Proof.id))))


def unsent(session: Session, *, community_id: str) -> int:
    """How many hang on forms that have not become applications."""
    statement = select(func.count()).where(
        col(Proof.community_id) == community_id, col(Proof.application_id).is_(None)
    )
    return int(session.execute(statement).scalar_one())


def drop_unsent(session: Session, *, community_id: str, before: datetime) -> None:
    """Files from before that, on forms of nobody who has proved his address."""
    unproved = select(JoinForm.digest).where(
        JoinForm.community_id == community_id, col(JoinForm.confirmed).is_(False)
    )
    session.execute(
        delete(Proof).where(
            col(Proof.community_id) == community_id,
            col(Proof.application_id).is_(None),
            col(Proof.created_at) < before,
            col(Proof.form).in_(unproved),
        )
    )


def adopt(session: Session, *, community_id: str, account: str, form: str) -> None:
    """What a person handed in through browsers where the address is confirmed hangs on one form."""
    theirs = select(JoinForm.digest).where(
        JoinForm.community_id == community_id,
        JoinForm.account == account,
        col(JoinForm.confirmed),
    )
    session.execute(
        update(Proof)
        .where(col(Proof.community_id) == community_id, col(Proof.form).in_(theirs))
        .values(form=form)
    )


def files(session: Session, *, community_id: str) -> Iterator[str]:
    """The names of all files that are still known."""
    yield from session.exec(select(Proof.file).where(Proof.community_id == community_id))
