"""One update, from the inbox to its reply in the outbox, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from loguru import logger
from sqlmodel import Session

from bot import length
from bot.analysing import Analysers
from bot.clock import Clock
from bot.communities import Communities
from bot.faults import log_fault
from bot.hurry import AT_HOME, MINUTE, TOO_FAST, judge
from bot.logs import short
from bot.metrics.tally import Tally
from bot.outbox.job import BEFORE, Handled, Leave
from bot.private import befriend, community_of, which
from community.actions import Send, Text, dump_action
from community.chosen import locked
from community.errors import UserError
from community.membership import standing
from community.people import member_for
from community.scene import Scene
from community.settings import Settings
from community.updates import FriendRequested, Message, Update, dump_update, lane_of, load_update
from handlers.framework import gate
from handlers.framework.context import Context
from handlers.framework.discovery import Features
from handlers.framework.feature import Call
from handlers.framework.parse import parse
from handlers.framework.reply import Reply, say
from storage.database import Database
from storage.errors import is_away
from storage.queries import communities, inbox, outbox, people
from storage.tables import Inbox

STRANGER = "我还不认识你：请先在群里发一句 #帮助，再来找我。还没进群、想加入，发 #申请。"
TROUBLE = "出了点问题，我已记下。请稍后再试一次。"

_Refused: TypeAlias = "_RefusedError | None"


@dataclass(frozen=True)
class Processor:
    """Carries out updates. Called in worker threads; keeps no state of its own."""

    database: Database
    features: Features
    communities: Communities
    analysers: Analysers
    clock: Clock
    tally: Tally = field(default_factory=Tally)

    def handle(self, inbox_id: int, leave: Leave | None = None) -> Handled:
        """Handle one inbox row; gives the lanes that have something to send now, and what was
        taken out at once with ``leave``.

        Raises what the database raises when it is away; nothing is changed then. Whatever else
        goes wrong, the row is not handled twice.
        """
        refused = None
        try:
            while True:
                try:
                    return self._handle(inbox_id, leave, refused)
                except _RefusedError as refusal:
                    refused = refusal
        except Exception as error:
            if is_away(error):
                raise
            # The boundary: a fault of ours must not stop the bot, and the member hears of it.
            return self._give_up(inbox_id, error)

    def _handle(self, inbox_id: int, leave: Leave | None, refused: _Refused) -> Handled:
        with self.database.begin() as session:
            now = self.clock.now()
            taken = inbox.take(session, inbox_id=inbox_id, since=now - MINUTE, until=now + MINUTE)
            if taken is None:
                return BEFORE
            reply, state = None, "done"
            update = load_update(taken.update)
            if isinstance(update, Message):
                reply, state = self._hear_in_time(session, update, taken, refused)
                if self._is_chatter(update):  # it has done its work once it was heard
                    bare = update.model_copy(update={"text": "", "quoted": None})
                    inbox.reword(session, inbox_id=inbox_id, words=dump_update(bare))
            else:
                self._watch(session, update)
            inbox.finish(session, inbox_id=inbox_id, state=state, at=self.clock.now())
            lanes = outbox.touched(session)
            job = leave.take(session) if leave is not None and leave.lane in lanes else None
        if isinstance(update, Message):
            result = state if state == "slowed" else "answered" if reply else "silent"
            self._count(taken.channel, taken.received_at, result, reply)
        return Handled(lanes, job)

    def _hear_in_time(
        self,
        session: Session,
        message: Message,
        taken: inbox.Taken,
        refused: _Refused,
    ) -> tuple[int | None, str]:
        """The reply's number, and the state of the row: who is in a hurry is not always heard."""
        limited = message.channel.partition(":")[0] not in AT_HOME
        most = self.communities.commands_per_minute(message.group) if limited else 0
        judged = judge(taken.before, refused=taken.refused, most=most)
        if judged == "handle":
            return self._hear(session, message, refused), "done"
        if judged == "refuse":
            return None, "slowed"
        return self._answer(session, message, say(TOO_FAST.format(most=most))), "slowed"

    def _count(self, channel: str, received: datetime, result: str, reply: int | None) -> None:
        now = self.clock.now()
        self.tally.handle(channel, result, received=received, now=now, reply=reply)

    def _scene(self, session: Session, update: Update, settings: Settings) -> Scene:
        held, analyser = locked(session, settings), self.analysers.current
        return Scene(session, held, analyser, self.clock.now(), via=lane_of(update))

    def _watch(self, session: Session, notice: Update) -> None:
        settings = self.communities.of(session, notice)
        if settings is None:
            if isinstance(notice, FriendRequested):
                befriend(session, notice, self.communities, now=self.clock.now())
            return
        scene = self._scene(session, notice, settings)
        for watcher in self.features.watchers(type(notice)):
            watcher(scene, notice)

    def _hear(self, session: Session, message: Message, refused: _Refused) -> int | None:
        call = parse(message, self.features)
        settings = None
        try:
            length.check(message)
            settings = self._meant(session, message, call)
            reply = self._reply(session, message, call, settings, refused)
        except UserError as error:
            reply = say(error.text, private=error.private)
        if reply is None:
            return None
        return self._answer(session, message, reply, settings.id if settings else None)

    def _is_chatter(self, message: Message) -> bool:
        """Private words that are no command."""
        return message.group is None and parse(message, self.features) is None

    def _meant(self, session: Session, message: Message, call: Call | None) -> Settings | None:
        if message.group is not None:
            return self.communities.of_group(message.group)
        return community_of(session, message, call, self.communities)

    def _reply(
        self,
        session: Session,
        message: Message,
        call: Call | None,
        settings: Settings | None,
        refused: _Refused,
    ) -> Reply | None:
        if settings is None:
            return None if call is None or call.bare else say(self._to_stranger(message, call))
        scene = self._scene(session, message, settings)
        answer: Reply | str | None = None
        if call is not None and self._is_meant(scene, message, call):
            context = self._context(scene, message, strangers=call.command.strangers)
            with _whole("command", refused):
                if context.known is not None:
                    gate.check(context, call)
                answer = call.command.handler(context, call)
        if answer is None and message.group is None:
            with _whole("listening", refused):
                answer = self._listen(self._context(scene, message, strangers=True))
        return say(answer) if isinstance(answer, str) else answer

    def _is_meant(self, scene: Scene, message: Message, call: Call) -> bool:
        if not call.bare:
            return True
        return gate.is_meant(self._context(scene, message, strangers=True), call)

    def _context(self, scene: Scene, message: Message, *, strangers: bool) -> Context:
        """Whoever uses the pool becomes a member; who asks to be let in does not by asking."""
        sender = message.sender
        if strangers:
            session, community_id = scene.session, scene.community_id
            known = people.by_account(session, community_id=community_id, account=sender.account)
            return Context(scene, message, known)
        outside = message.group is None and not self._belongs(scene, sender.account)
        member = member_for(scene, account=sender.account, name=sender.name, card=sender.card)
        if outside:
            standing.keep_outside(scene, member=member)
        elif message.group is not None:
            standing.come_inside(scene, member=member)
        return Context(scene, message, member)

    def _belongs(self, scene: Scene, account: str) -> bool:
        """Somebody is known, leads the community, or sits in one of its groups."""
        session, here = scene.session, scene.community_id
        known = people.by_account(session, community_id=here, account=account)
        if known is not None or account in scene.settings.admins:
            return True
        return here in communities.with_seat(session, account=account)

    def _to_stranger(self, message: Message, call: Call) -> str:
        if call.command.strangers:
            return which(self.communities, message.sender.account)
        return STRANGER

    def _listen(self, context: Context) -> Reply | str | None:
        answers = (listener(context) for listener in self.features.listeners)
        return next((answer for answer in answers if answer is not None), None)

    def _answer(
        self, session: Session, message: Message, reply: Reply, community_id: str | None = None
    ) -> int:
        account = message.sender.account
        private = reply.private or message.group is None
        send = Send(
            group=None if private else message.group,
            account=account if private else None,
            via_group=message.group if private else None,
            aloud=private and message.group is not None,
            segments=reply.segments,
            quote=None if private else message.message_id,
        )
        return outbox.put(
            session,
            lane=send.target,
            action=dump_action(send),
            now=self.clock.now(),
            community_id=community_id,
            post_id=reply.about,
            application_id=reply.application,
        )

    def _give_up(self, inbox_id: int, error: Exception) -> Handled:
        log_fault(f"update {inbox_id} failed", error)
        try:
            return self._fail(inbox_id, sorry=True)
        except Exception as trouble:
            if is_away(trouble):
                raise
            log_fault(f"update {inbox_id} gets no answer", trouble)
            return self._fail(inbox_id, sorry=False)

    def _fail(self, inbox_id: int, *, sorry: bool) -> Handled:
        with self.database.begin() as session:
            row = inbox.claim(session, inbox_id=inbox_id)
            if row is None:
                return BEFORE
            row.state, row.done_at = "failed", self.clock.now()
            channel, received = row.channel, row.received_at
            reply = self._say_sorry(session, row) if sorry else None
            lanes = outbox.touched(session)
        self._count(channel, received, "failed", reply)
        return Handled(lanes)

    def _say_sorry(self, session: Session, row: Inbox) -> int | None:
        update = load_update(row.update)
        if not isinstance(update, Message):
            return None
        logger.info("message {} gets the fixed sentence", short(update.message_id))
        return self._answer(session, update, Reply((Text(text=TROUBLE),)))


class _RefusedError(Exception):
    """The transaction in which something was refused is undone; another one tells of it."""

    def __init__(self, why: UserError, step: str) -> None:
        super().__init__(step)
        self.why = why
        self.step = step


@contextmanager
def _whole(step: str, refused: _RefusedError | None) -> Iterator[None]:
    """A step that leaves no trace when it is refused, but that its sender is known from now on.

    What was ``refused`` at the first try is not tried again. A savepoint would spare that try, but
    costs every message more than a refusal, which is rare, costs so.
    """
    if refused is not None and refused.step == step:
        raise refused.why
    try:
        yield
    except UserError as why:
        raise _RefusedError(why, step) from why
