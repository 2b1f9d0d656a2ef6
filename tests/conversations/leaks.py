"""What a community's groups and the log learnt of applicants; members' cards are no secret."""

from collections.abc import Iterable, Iterator

from sqlmodel import select

from community.actions import Send
from storage.tables import Application
from tests.conversations.chat import ADMIN_GROUP, Chat

SHOWN = frozenset({"name", "company", "title", "city", "industry"})
"""With these a newcomer is introduced, once he is approved."""


def leaks(chat: Chat, log: Iterable[str]) -> list[str]:
    """Texts in groups other than the admins' that hold an applicant's answers, and log lines."""
    sent = [action for action, _ in chat.channel.done if isinstance(action, Send)]
    said = [send.text for send in sent if send.group not in (None, ADMIN_GROUP)]
    with chat.database.read() as session:
        applied = session.exec(select(Application)).all()
        secrets = {one for application in applied for one in _secrets(application)}
        everything = {one for application in applied for one in _all(application)}
    secrets = {one for one in secrets if not any(one in text for text in chat.aloud)}
    found = [text for text in said if any(one in text for one in secrets)]
    return found + [line for line in log if any(one in line for one in everything)]


def _secrets(application: Application) -> Iterator[str]:
    """What must never be read in a group: all of it, and after the approval all but the card."""
    approved = application.state == "approved"
    for key, value in application.answers.items():
        if not (approved and key in SHOWN):
            yield from _telling(value)
    yield from _told(application)


def _all(application: Application) -> Iterator[str]:
    for value in application.answers.values():
        yield from _telling(value)
    yield from _told(application)


def _told(application: Application) -> Iterator[str]:
    """What was written beyond the form, and what others wrote about it."""
    words = [application.comment, *application.questions, application.reason]
    words += [text for exchange in application.exchanges for text in exchange.values()]
    for text in words:
        yield from _telling(text)


def _telling(text: str) -> Iterator[str]:
    """A lone sign stands in any text."""
    if len(text) > 1:
        yield text
