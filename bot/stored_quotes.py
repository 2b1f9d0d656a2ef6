"""What is stored of the messages that somebody may quote. Called in threads."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.channels.onebot.quotes import Said
from bot.faults import log_fault
from community.actions import Send, Text, load_action
from community.updates import Message, load_update
from storage.database import Database
from storage.errors import is_away
from storage.queries import quotes

T = TypeVar("T")

_ABOUT = timedelta(minutes=10)  # clocks differ, and what was said is stored when it was answered


class StoredQuotes:
    """Finds nothing while the database cannot be read: the message is worth more than its quote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def said(self, group: str, at: datetime) -> Sequence[Said]:
        """All that the bot has said at about that time, the nearest first."""
        rows = self._find(partial(quotes.spoken, lane=group, since=at - _ABOUT, until=at + _ABOUT))
        rows.sort(key=lambda row: abs(row.sent_at - at))
        return [Said(row.message_id, _words(row.action)) for row in rows]

    def heard(self, group: str, sender: str, at: datetime) -> Sequence[str]:
        """The ids of what somebody has said at that very time."""
        return list(_ids(self._find(partial(quotes.heard, lane=group, sender=sender, at=at))))

    def _find(self, query: Callable[[Session], list[T]]) -> list[T]:
        try:
            with self._database.read() as session:
                return query(session)
        except SQLAlchemyError as error:
            if not is_away(error):  # else it is told by those who wait for it
                log_fault("looking for what is quoted", error)
            return []


def _words(action: str) -> str:
    try:
        send = load_action(action)
    except ValidationError:  # of another version
        return ""
    texts = send.segments if isinstance(send, Send) else ()
    return "".join(one.text for one in texts if isinstance(one, Text))


def _ids(rows: Sequence[str]) -> Iterator[str]:
    for row in rows:
        try:
            update = load_update(row)
        except ValidationError:
            continue
        if isinstance(update, Message):
            yield update.message_id
