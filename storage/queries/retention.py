"""What is remembered only for a while."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Delete, Integer, bindparam, delete
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import BotAccount, Inbox, MailCode, Outbox, SignIn

KEEP_CODES = timedelta(days=1)
KEEP_BOT_ACCOUNTS = timedelta(days=1)  # what connects no more has been replaced, and is a member


def prune(session: Session, *, now: datetime) -> None:
    """Forget codes that nobody counts any more, sign-ins that have ended, and accounts of the bot
    that it has no more.
    """
    direct.run(session, _prune_codes(), {"before": now - KEEP_CODES})
    direct.run(session, _prune_sign_ins(), {"now": now})
    direct.run(session, _prune_bot_accounts(), {"before": now - KEEP_BOT_ACCOUNTS})


@cache
def _prune_codes() -> Delete:
    return delete(MailCode).where(col(MailCode.window_at) < bindparam("before"))


@cache
def _prune_sign_ins() -> Delete:
    return delete(SignIn).where(col(SignIn.expires_at) <= bindparam("now"))


@cache
def _prune_bot_accounts() -> Delete:
    return delete(BotAccount).where(col(BotAccount.seen_at) < bindparam("before"))


def delete_first(table: type[Inbox | Outbox], *old: Any, by: Any) -> ReturningDelete[int | None]:
    """Deletes the first ``most`` of these rows, but none that somebody has just locked, and tells
    which.
    """
    rows = select(table.id).where(*old).order_by(by).limit(bindparam("most", type_=Integer))
    some = col(table.id).in_(rows.with_for_update(skip_locked=True))
    return delete(table).where(some).returning(col(table.id))
