"""Which chat accounts are the bot's own, also those of earlier runs and of other processes."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, text
from sqlmodel import Session, select

from storage.queries import direct
from storage.tables import BotAccount, UtcDateTime

_NOTE: Final = text(
    "INSERT INTO bot_account (address, seen_at) VALUES (:address, :now) "
    "ON CONFLICT (address) DO UPDATE SET seen_at = excluded.seen_at"
).bindparams(bindparam("now", type_=UtcDateTime))


def share(session: Session, *, connected: Collection[str], now: datetime) -> set[str]:
    """Note that these are connected; gives all that there are."""
    for address in sorted(connected):  # in one order: no two wait for each other
        direct.run(session, _NOTE, {"address": address, "now": now})
    return set(session.exec(select(BotAccount.address)))
