"""What is remembered only for a while."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Delete, Integer, bindparam, delete, exists
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import BotAccount, Inbox, MailCode, Match, Outbox, Post, SignIn, Tip
from storage.tables.base import UtcDateTime

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


def delete_of_ended(table: type[Match | Tip], at: datetime | None) -> ReturningDelete[int]:
    """Deletes ``most`` of a community's rows that are from ``before`` then, by their own time
    ``at``, and about posts that had ended by then; tells which.
    """
    before = bindparam("before", type_=UtcDateTime)
    ended = exists().where(
        col(Post.community_id) == table.community_id,
        col(Post.id) == table.post_id,
        col(Post.state) != "active",
        col(Post.closed_at) < before,
    )
    here = col(table.community_id) == bindparam("here")
    # By its own time first: what is younger need not be looked up.
    old = select(table.id).where(here, col(at) < before, ended)
    some = old.limit(bindparam("most", type_=Integer))
    return delete(table).where(here, col(table.id).in_(some)).returning(col(table.id))
