"""One update, from the inbox to its reply in the outbox, in one transaction."""

from dataclasses import dataclass

from loguru import logger
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from bot.clock import Clock
from bot.communities import Communities
from bot.logs import short
from community.actions import Send, Text, dump_action
from community.errors import UserError
from community.people import member_for
from community.scene import Scene
from community.settings import Settings
from community.updates import Message, Update, lane_of, load_update
from handlers.framework.context import Context
from handlers.framework.discovery import Features
from handlers.framework.parse import parse
from handlers.framework.reply import Reply, say
from matching import Analyser
from storage.database import Database
from storage.queries import communities, inbox, outbox

UNAVAILABLE = (OperationalError, InterfaceError)
"""Errors that mean the database is away for now: the update waits and is tried again."""

STRANGER = "我还不认识你：请先在群里发一句 #帮助，再来找我。"
TROUBLE = "出了点问题，我已记下。请稍后再试一次。"


@dataclass(frozen=True)
class Processor:
    """Carries out updates. Called in worker threads; keeps no state of its own."""

    database: Database
    features: Features
    communities: Communities
    analyser: Analyser
    clock: Clock

    def handle(self, inbox_id: int) -> set[str]:
        """Handle one inbox row; gives the lanes that have something to send now.

        Raises the errors in UNAVAILABLE when the database is away; nothing is changed then.
        """
        try:
            return self._handle(inbox_id)
        except UNAVAILABLE:
            raise
        except Exception:
            # The boundary: a fault of ours must not stop the bot, and the member hears of it.
            logger.exception("update {} failed", inbox_id)
            return self._fail(inbox_id)

    def _handle(self, inbox_id: int) -> set[str]:
        with self.database.begin() as session:
            row = inbox.claim(session, inbox_id=inbox_id)
            if row is None:
                return set()
            update = load_update(row.update)
            settings = self.communities.of(session, update)
            if settings is not None:
                self._work(session, update, settings)
            elif isinstance(update, Message):
                self._answer(session, update, say(STRANGER))
            row.state, row.done_at = "done", self.clock.now()
            return outbox.touched(session)

    def _work(self, session: Session, update: Update, settings: Settings) -> None:
        communities.lock(session, community_id=settings.id)
        scene = Scene(session, settings, self.analyser, self.clock.now(), via=lane_of(update))
        if not isinstance(update, Message):
            for watcher in self.features.watchers(type(update)):
                watcher(scene, update)
            return
        try:
            with session.begin_nested():
                reply = self._reply(scene, update)
        except UserError as error:
            reply = say(error.text, private=error.private)
        if reply is not None:
            self._answer(session, update, reply, settings.id)

    def _reply(self, scene: Scene, message: Message) -> Reply | None:
        call = parse(message, self.features)
        if call is None:
            return None
        sender = message.sender
        member = member_for(scene, account=sender.account, name=sender.name, card=sender.card)
        answer = call.command.handler(Context(scene, message, member), call)
        return say(answer) if isinstance(answer, str) else answer

    def _answer(
        self, session: Session, message: Message, reply: Reply, community_id: str | None = None
    ) -> None:
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
        outbox.put(
            session,
            lane=send.target,
            action=dump_action(send),
            now=self.clock.now(),
            community_id=community_id,
            post_id=reply.about,
        )

    def _fail(self, inbox_id: int) -> set[str]:
        with self.database.begin() as session:
            row = inbox.claim(session, inbox_id=inbox_id)
            if row is None:
                return set()
            row.state, row.done_at = "failed", self.clock.now()
            update = load_update(row.update)
            if isinstance(update, Message):
                logger.info("message {} gets the fixed sentence", short(update.message_id))
                self._answer(session, update, Reply((Text(text=TROUBLE),)))
            return outbox.touched(session)
