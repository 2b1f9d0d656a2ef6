"""The sender's dealings with the database. Each method is one transaction.

``durable``: not only the end of the process, but one of the machine shall not undo it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from loguru import logger
from pydantic import ValidationError
from sqlmodel import Session

from bot.channels.base import Sent
from bot.clock import Clock
from bot.outbox.job import Job
from community.actions import (
    Action,
    AnswerRequest,
    Invite,
    Kick,
    Send,
    SetCard,
    Text,
    dump_action,
    load_action,
)
from storage.database import Database
from storage.queries.traffic import lane_locks, outbox
from storage.tables import Outbox

HOUR = timedelta(hours=1)
ANSWER_EXPIRY = timedelta(days=1)
MAIL_EXPIRY = timedelta(days=5)  # as mail servers do: a mailbox that is full for so long stays so


@dataclass(frozen=True)
class Store:
    """Takes out what is to be sent, and writes down how it went."""

    database: Database
    clock: Clock

    def release_stale(self) -> set[str]:
        """Take back what was in flight for too long; gives the lanes with work."""
        with self.database.begin() as session:
            outbox.release(session, lost_at=self.clock.now())
            return set(outbox.lanes(session))

    def lanes(self) -> set[str]:
        """Lanes that have something to send."""
        with self.database.read() as session:
            return set(outbox.lanes(session))

    def recent_sends(self) -> dict[str, list[datetime]]:
        """When each lane was written to in the last hour."""
        with self.database.read() as session:
            return outbox.sends_since(session, since=self.clock.now() - HOUR)

    def next_kind(self, lane: str) -> Literal["none", "message", "other"]:
        """The kind of a lane's next action; an unreadable row is "other", for it is soon gone."""
        with self.database.read() as session:
            action = outbox.next_action(session, lane=lane)
        if action is None:
            return "none"
        try:
            return "message" if isinstance(load_action(action), Send) else "other"
        except ValidationError:
            return "other"

    def claim_next(
        self, lane: str, holder: int | None = None, *, durable: bool = True
    ) -> Job | None:
        """The next action of a lane, marked as in flight, under the number of who sends it."""
        with self.database.begin(durable=durable) as session:
            return self.claim_in(session, lane, holder)

    def claim_in(self, session: Session, lane: str, holder: int | None) -> Job | None:
        """Likewise, in a transaction that is under way."""
        now = self.clock.now()
        while row := outbox.claim(session, lane=lane, now=now, holder=holder):
            action = _readable(row)
            if action is not None and not _stale(row, action, now):
                return Job(row.id, lane, action, row.tries)
            outbox.record_result(session, row_id=row.id, state="dropped")
            if action is not None and _leaves_nothing(action):
                outbox.forget(session, row_id=row.id)
        return None

    def unclaim(self, job: Job) -> None:
        """It was not even tried, and waits again for whoever speaks there."""
        with self.database.begin(durable=False) as session:
            outbox.unclaim(session, row_id=job.id, attempt=job.attempt, lane=job.lane)

    def release(self, lane: str, holder: int | None) -> None:
        """What was marked as in flight there under this number waits again."""
        with self.database.begin() as session:
            outbox.release(session, lane=lane, holder=holder)

    def record(self, job: Job, sent: Sent, *, durable: bool = True) -> set[str]:
        """How it went; gives the lanes with more work: its own, and those of what follows."""
        with self.database.begin(durable=durable) as session:
            self._record_result(session, job, sent)
            more = outbox.next_action(session, lane=job.lane) is not None
            return outbox.touched(session) | ({job.lane} if more else set())

    def _record_result(self, session: Session, job: Job, sent: Sent) -> None:
        if sent.state == "offline":
            outbox.requeue(session, row_id=job.id, attempt=job.attempt)
            return
        about = outbox.record_result(
            session,
            row_id=job.id,
            state=sent.state,
            at=self.clock.now(),
            message_id=sent.message_id,
            detail=sent.detail[:200],
        )
        if about is None:  # it was erased with the person whom it concerned
            return
        instead = _fallback(job.action, sent)
        if instead is not None:
            outbox.put(
                session,
                lane=instead.target,
                action=dump_action(instead),
                now=self.clock.now(),
                **about._asdict(),
            )
        if _leaves_nothing(job.action):
            outbox.forget(session, row_id=job.id)

    def close(self, job: Job) -> None:
        """Carried out, one way or another."""
        with self.database.begin() as session:
            row = session.get(Outbox, job.id)
            if row is not None and _leaves_nothing(job.action):
                session.delete(row)
            elif row is not None:
                row.state, row.sent_at = "unknown", self.clock.now()

    def enqueue_notices(self, sends: list[Send]) -> set[str]:
        """Put the bot's own messages in line, but not one that was the last word there anyway.

        A process that dies of its trouble and is started again, or another one beside it, would
        tell the same.
        """
        now = self.clock.now()
        with self.database.begin() as session:
            if not self.database.is_sqlite:
                lane_locks.lock(session, lanes=[send.target for send in sends])
            for send in sends:
                action, last = dump_action(send), outbox.newest(session, lane=send.target)
                if last is None or last.action != action or now - last.created_at > HOUR:
                    outbox.put(session, lane=send.target, action=action, now=now)
            return outbox.touched(session)


def _readable(row: outbox.Claimed) -> Action | None:
    """The row's action; None for one that this version does not know."""
    try:
        return load_action(row.action)
    except ValidationError:
        logger.error("action {} cannot be read and is dropped", row.id)
        return None


def _stale(row: outbox.Claimed, action: Action, now: datetime) -> bool:
    """An answer in a group that comes a day late does more harm than good; notices keep, for
    as long as they are true.

    Letters are tried for as long as mail servers would.
    """
    if row.channel == "mail" and now - row.created_at > MAIL_EXPIRY:
        logger.warning("letter {} could not be delivered for days and is dropped", row.id)
        return True
    if isinstance(action, Send) and action.until is not None and now >= action.until:
        logger.info("message {} is no longer true and is dropped", row.id)
        return True
    late = (
        isinstance(action, Send)
        and action.quote is not None
        and now - row.created_at > ANSWER_EXPIRY
    )
    if late:
        logger.warning("answer {} is too late and is dropped", row.id)
    return late


def _leaves_nothing(action: Action) -> bool:
    """The last words to somebody who was erased, or what concerns nobody but its reader."""
    return isinstance(action, Send) and action.forget


def _fallback(action: Action, sent: Sent) -> Send | None:
    """What is said because the action was not carried out, if anything."""
    match action:
        case Send() if sent.state == "refused":
            return action.otherwise or _public_fallback(action)
        case AnswerRequest() | Invite() | SetCard() | Kick() if sent.state != "sent":
            return action.otherwise
    return None


def _public_fallback(action: Send) -> Send | None:
    """The same words for the group, when the private way was refused and they may be said there."""
    if not action.aloud or action.via_group is None:
        return None
    hint = Text(text="（私聊发不出去，只好在这里回复。）\n")
    return Send(group=action.via_group, segments=(hint, *action.segments))
