"""Copies: what is said in a group is told to each account of the bot there, and each may be held by
another process. One of the copies is taken. For PostgreSQL, the only one that processes share.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import Select, String, bindparam, exists, func
from sqlalchemy import select as rows
from sqlmodel import Session, col

from storage.presence import lock_holders
from storage.queries import direct
from storage.queries.traffic.inbox import Received
from storage.tables import BotAccount, Table

Stance = Literal["yield", "defer", "take"]
"""To whom a message is left: to any other account, to that which took the last one, to nobody."""
Verdict = Literal["take", "later", "known", "elsewhere"]
"""``known``: this process has taken another copy, or an account of the bot has spoken;
``elsewhere``: another process has taken one.
"""

_APART = timedelta(minutes=1)  # a notice bears the time of whoever tells it
_TABLE = Table.metadata.tables["inbox"]


def judge(
    session: Session, *, row: Received, stance: Stance, mine: Collection[int | None]
) -> Verdict:
    """What is to be done with an account's copy; ``mine``: the numbers of this process. Lock its
    lane before.

    Ids differ from account to account, and so do the words, for the @ of an account is none of its
    own. Who spoke and at which second does not, and of one account all that was said is taken.
    """
    if row.sender is None:
        return _judge_notice(session, row, mine)
    own, copies, copied_by, last = direct.run(session, _message(), row._asdict())[0]
    if own:
        return "known"
    if copies:
        return _by(copied_by, mine)
    if stance == "defer" and last not in mine and last in lock_holders(session):
        return "later"
    return "later" if stance == "yield" else "take"


def _judge_notice(session: Session, row: Received, mine: Collection[int | None]) -> Verdict:
    """A notice of the same, bearing about the same time, with which the key ends."""
    what = {"what": row.key.rpartition(":")[0], "since": row.received_at - _APART}
    found = direct.run(session, _notice(), {**row._asdict(), **what}).first()
    return "take" if found is None else _by(found[0], mine)


def _by(holder: int | None, mine: Collection[int | None]) -> Verdict:
    return "known" if holder in mine else "elsewhere"


@cache
def _message() -> Select[Any]:
    copy, last = _TABLE.alias().c, _TABLE.alias().c
    same = (copy[name] == bindparam(name) for name in ("lane", "sender", "sent_at"))
    copies = rows(func.count(), func.max(copy.holder))
    its = copies.where(*same, copy.channel != bindparam("channel")).subquery().c
    newest = (
        rows(last.holder)
        .where(last.lane == bindparam("lane"), last.sender.is_not(None))
        .order_by(last.received_at.desc(), last.id.desc())
        .limit(1)
    )
    own = exists().where(col(BotAccount.address) == bindparam("sender"))
    return rows(own, *its, newest.scalar_subquery())


@cache
def _notice() -> Select[Any]:
    copy, what = _TABLE.c, bindparam("what", type_=String)
    return (
        rows(copy.holder)
        .where(
            copy.lane == bindparam("lane"),
            copy.received_at >= bindparam("since"),
            copy.channel != bindparam("channel"),
            func.left(copy.key, func.length(what) + 1) == what + ":",
        )
        .limit(1)
    )
