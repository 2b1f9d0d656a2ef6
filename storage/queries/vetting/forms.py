"""Applications that are written on a page."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Delete, bindparam, delete
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import Application, JoinForm


def get(session: Session, *, community_id: str, digest: str) -> JoinForm | None:
    """The form of a browser."""
    return session.get(JoinForm, (community_id, digest))


def of_accounts(
    session: Session, *, community_id: str, accounts: Collection[str]
) -> list[JoinForm]:
    """All that was written under one of the addresses, the oldest first."""
    statement = (
        select(JoinForm)
        .where(JoinForm.community_id == community_id, col(JoinForm.account).in_(accounts))
        .order_by(col(JoinForm.created_at), col(JoinForm.digest))
    )
    return list(session.exec(statement))


def prune(session: Session, *, before: datetime, unless: Collection[str]) -> None:
    """Forget what nobody has touched since then, unless its application is in such a state."""
    direct.run(session, _prune(), {"before": before, "unless": list(unless)})


@cache
def _prune() -> Delete:
    waits = (
        select(Application.id)
        .where(
            Application.community_id == JoinForm.community_id,
            Application.id == JoinForm.application_id,
            col(Application.state).in_(bindparam("unless", expanding=True)),
        )
        .correlate(JoinForm)
    )
    old = col(JoinForm.updated_at) < bindparam("before")
    return delete(JoinForm).where(old, ~waits.exists())
