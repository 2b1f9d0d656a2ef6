"""One update, from the inbox to its reply in the outbox, in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from loguru import logger
from pydantic import ValidationError
from sqlmodel import Session

from bot.faults import log_fault
from bot.incoming.forgotten import Forgotten
from bot.incoming.rate_limit import MINUTE, TOO_FAST, UNLIMITED_CHANNELS, decide
from bot.incoming.rollback import Refused, RefusedError
from bot.incoming.router import FORGOTTEN, Router
from bot.logs import masked
from bot.metrics.counters import Counters
from bot.outbox.job import ALREADY_HANDLED, ClaimPermit, Handled
from community.actions import Text
from community.updates import Message, Recalled, dump_update, load_update
from handlers.framework.reply import Reply, say
from storage.database import Database
from storage.errors import is_away
from storage.queries import communities
from storage.queries.communities import OutOfOrderError
from storage.queries.people import erasing
from storage.queries.traffic import inbox, outbox
from storage.tables import Inbox

FAILURE_TEXT = "出了点问题，我已记下。请稍后再试一次。"


@dataclass(frozen=True)
class Processor:
    """Carries out updates. Called in worker threads; keeps no state of its own but what is
    nowhere kept.
    """

    database: Database
    router: Router
    counters: Counters = field(default_factory=Counters)
    forgotten: Forgotten = field(default_factory=Forgotten)

    def handle(self, inbox_id: int, permit: ClaimPermit | None = None) -> Handled:
        """Handle one inbox row; gives the lanes that have something to send now, and what was
        claimed at once with ``permit``.

        Raises what the database raises when it is away; nothing is changed then. Whatever else
        goes wrong, the row is not handled twice.
        """
        refused: Refused = {}
        meant = frozenset[str]()
        try:
            while True:
                try:
                    return self._handle(inbox_id, permit, refused, meant)
                except RefusedError as refusal:
                    refused = {**refused, refusal.step: refusal.error}
                except OutOfOrderError as error:  # it names several communities
                    meant |= error.ids
        except Exception as error:
            if is_away(error):
                raise
            # The boundary: a fault of ours must not stop the bot, and the member hears of it.
            return self._give_up(inbox_id, error)

    def _handle(
        self,
        inbox_id: int,
        permit: ClaimPermit | None,
        refused: Refused,
        meant: frozenset[str],
    ) -> Handled:
        with self.database.begin() as session:
            now = self._now()
            taken = inbox.claim_with_counts(
                session, inbox_id=inbox_id, since=now - MINUTE, until=now + MINUTE
            )
            if taken is None:
                return ALREADY_HANDLED
            for community_id in sorted(meant):
                communities.lock(session, community_id=community_id)
            reply, state = None, "done"
            update = load_update(taken.update)
            if isinstance(update, Message) and self.forgotten.knows(update):
                self.router.forget(session, update)
            elif isinstance(update, Message):
                reply, state = self._handle_message(session, update, taken, refused)
                if self.router.is_discreet(update):
                    self.router.forget(session, update)
                elif self.router.is_chatter(update):  # it has done its work once it was heard
                    bare = update.model_copy(update={"text": "", "quoted": None})
                    inbox.replace_update(session, inbox_id=inbox_id, content=dump_update(bare))
            else:
                self.router.notify_watchers(session, update)
                if isinstance(update, Recalled) and update.group is None:
                    # What was recalled may be something of which nothing is kept.
                    erasing.blank_current(session, channel=update.channel, key=update.key)
            inbox.finish(session, inbox_id=inbox_id, state=state, at=self._now())
            lanes = outbox.touched(session)
            job = permit.claim(session) if permit is not None and permit.lane in lanes else None
        if isinstance(update, Message):
            if session.info.get(FORGOTTEN):
                self.forgotten.note(update, at=now, slowed=state == "slowed")
            result = state if state == "slowed" else "answered" if reply else "silent"
            self._count(taken.channel, taken.received_at, result, reply)
        return Handled(lanes, job)

    def _handle_message(
        self,
        session: Session,
        message: Message,
        taken: inbox.ClaimedUpdate,
        refused: Refused,
    ) -> tuple[int | None, str]:
        """The reply's number, and the state of the row, within the sender's rate limit."""
        limited = message.channel.partition(":")[0] not in UNLIMITED_CHANNELS
        most = self.router.communities.commands_per_minute(message.group) if limited else 0
        account, since = message.sender.account, self._now() - MINUTE
        forgotten = self.forgotten.count
        judged = decide(
            taken.recent + forgotten(account, since=since, slowed=False),
            refused=taken.refused + forgotten(account, since=since, slowed=True),
            most=most,
        )
        if judged == "handle":
            return self.router.handle_message(session, message, refused), "done"
        if judged == "refuse":
            return None, "slowed"
        return self.router.put_reply(session, message, say(TOO_FAST.format(most=most))), "slowed"

    def _now(self) -> datetime:
        return self.router.clock.now()

    def _count(self, channel: str, received: datetime, result: str, reply: int | None) -> None:
        now = self._now()
        self.counters.count_handled(channel, result, received=received, now=now, reply=reply)

    def _give_up(self, inbox_id: int, error: Exception) -> Handled:
        log_fault(f"update {inbox_id} failed", error)
        try:
            return self._fail(inbox_id, notify=True)
        except Exception as trouble:
            if is_away(trouble):
                raise
            log_fault(f"update {inbox_id} gets no answer", trouble)
            return self._fail(inbox_id, notify=False)

    def _fail(self, inbox_id: int, *, notify: bool) -> Handled:
        with self.database.begin() as session:
            row = inbox.claim(session, inbox_id=inbox_id)
            if row is None:
                return ALREADY_HANDLED
            row.state, row.done_at = "failed", self._now()
            channel, received = row.channel, row.received_at
            reply = self._reply_with_failure(session, row) if notify else None
            self._forget_discreet(session, row)
            lanes = outbox.touched(session)
        self._count(channel, received, "failed", reply)
        return Handled(lanes)

    def _forget_discreet(self, session: Session, row: Inbox) -> None:
        try:
            update = load_update(row.update)
        except ValidationError:
            return
        if isinstance(update, Message) and self.router.is_discreet(update):
            self.router.forget(session, update)

    def _reply_with_failure(self, session: Session, row: Inbox) -> int | None:
        update = load_update(row.update)
        if not isinstance(update, Message):
            return None
        logger.info("message {} gets the fixed sentence", masked(update.message_id))
        return self.router.put_reply(session, update, Reply((Text(text=FAILURE_TEXT),)))
