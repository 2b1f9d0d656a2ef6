"""The sender's dealings with the database. Each method is one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import Sent
from bot.clock import Clock
from community.actions import (
    Action,
    AnswerRequest,
    Kick,
    Send,
    SetCard,
    Text,
    dump_action,
    load_action,
)
from storage.database import Database
from storage.queries import outbox
from storage.tables import Outbox

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """One action that is being carried out."""

    id: int
    action: Action


@dataclass(frozen=True)
class Store:
    """Takes out what is to be sent, and writes down how it went."""

    database: Database
    clock: Clock

    def recover(self) -> list[str]:
        """After a start: what was in flight is sent again. Gives the lanes with work."""
        with self.database.begin() as session:
            outbox.release(session)
            return outbox.lanes(session)

    def recent(self) -> dict[str, list[datetime]]:
        """When each lane was written to in the last hour."""
        with self.database.read() as session:
            return outbox.sends_since(session, since=self.clock.now() - HOUR)

    def next(self, lane: str) -> Job | None:
        """The next action of a lane, marked as in flight."""
        with self.database.begin() as session:
            row = outbox.claim(session, lane=lane)
            if row is None or row.id is None:
                return None
            return Job(row.id, load_action(row.action))

    def record(self, job: Job, sent: Sent) -> set[str]:
        """How it went; gives the lanes that have new work because of it."""
        with self.database.begin() as session:
            row = session.get_one(Outbox, job.id)
            if sent.state == "offline":
                row.state = "new"
                return set()
            row.state, row.detail = sent.state, sent.detail[:200]
            row.message_id, row.sent_at = sent.message_id, self.clock.now()
            instead = _instead(job.action, sent)
            if instead is not None:
                outbox.put(
                    session,
                    lane=instead.target,
                    action=dump_action(instead),
                    now=self.clock.now(),
                    community_id=row.community_id,
                    post_id=row.post_id,
                )
            return outbox.touched(session)

    def add(self, sends: list[Send]) -> set[str]:
        """Put the bot's own messages in line."""
        with self.database.begin() as session:
            for send in sends:
                outbox.put(
                    session, lane=send.target, action=dump_action(send), now=self.clock.now()
                )
            return outbox.touched(session)


def _instead(action: Action, sent: Sent) -> Send | None:
    """What is said because the action was not carried out, if anything."""
    match action:
        case Send() if sent.state == "refused":
            return action.otherwise or _aloud(action)
        case AnswerRequest() | SetCard() | Kick() if sent.state in ("refused", "unknown"):
            return action.otherwise
    return None


def _aloud(action: Send) -> Send | None:
    """The same words for the group, when the private way was refused and they may be said there."""
    if not action.aloud or action.via_group is None:
        return None
    hint = Text(text="（私聊发不出去，只好在这里回复。）\n")
    return Send(group=action.via_group, segments=(hint, *action.segments))
