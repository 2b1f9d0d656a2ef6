"""What a message or a notice brings about: the community that it means, its command, the reply."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from sqlmodel import Session

from bot.analyser_reload import Analysers
from bot.clock import Clock
from bot.communities import Communities
from bot.incoming import length
from bot.incoming.named_community import communities_knowing, resolve_named
from bot.incoming.private import accept_friend, ask_which, community_of
from bot.incoming.rollback import Attempts, Refused
from community.actions import Send, dump_action
from community.errors import UserError
from community.members.people import get_or_create_member
from community.membership import standing
from community.overrides import locked_settings
from community.scene import Scene
from community.settings import Settings
from community.updates import FriendRequested, Message, Update, lane_of
from handlers.framework import gate
from handlers.framework.context import Context
from handlers.framework.discovery import Features
from handlers.framework.feature import Call
from handlers.framework.parse import parse
from handlers.framework.reply import Reply, say, together
from handlers.framework.several import split_commands
from storage.queries import communities
from storage.queries.people import erasing, people
from storage.queries.traffic import outbox

FORGOTTEN = "forgotten"  # in the session whose transaction has blanked what came in
STRANGER = "我还不认识你：请先在群里发一句 #帮助，再来找我。还没进群、想加入，发 #申请。"


@dataclass(frozen=True)
class Router:
    """Hears updates within a transaction that somebody else has opened."""

    features: Features
    communities: Communities
    analysers: Analysers
    clock: Clock

    def handle_message(self, session: Session, message: Message, refused: Refused) -> int | None:
        """The number of the reply in the outbox; None: silence.

        Raises RefusedError: this transaction is to be undone, and another one told of it.
        """
        try:
            length.check(message)
            parts = split_commands(message, self.features)
        except UserError as error:
            return self.put_reply(session, message, _refusal(error))
        heard = [
            self._handle_part(session, part, Attempts(refused, at)) for at, part in enumerate(parts)
        ]
        # Numbers are a community's own: a message about #12 of one says nothing of the other.
        said: dict[str | None, list[Reply]] = {}
        for reply, settings in heard:
            if reply is not None:
                said.setdefault(settings.id if settings else None, []).append(reply)
        replies = [(reply, club) for club, some in said.items() for reply in together(some)]
        if any(reply.forget for reply, _ in replies):
            self.forget(session, message)
        numbers = [self.put_reply(session, message, reply, club) for reply, club in replies]
        return numbers[0] if numbers else None

    def put_reply(
        self, session: Session, message: Message, reply: Reply, community_id: str | None = None
    ) -> int:
        """Put a reply into the outbox; gives its number there."""
        account = message.sender.account
        private = reply.private or message.group is None
        send = Send(
            group=None if private else message.group,
            account=account if private else None,
            via_group=message.group if private else None,
            # What nothing is kept of is not for others to read.
            aloud=private and message.group is not None and not reply.forget,
            segments=reply.segments,
            quote=None if private else message.message_id,
            forget=reply.forget,
        )
        return outbox.put(
            session,
            lane=send.target,
            action=dump_action(send),
            now=self.clock.now(),
            community_id=community_id,
            post_id=None if reply.forget else reply.about,
            application_id=reply.application,
        )

    def forget(self, session: Session, message: Message) -> None:
        """Nothing is kept of a message but that something came."""
        if erasing.blank_current(session, channel=message.channel, key=message.key):
            session.info[FORGOTTEN] = True

    def is_discreet(self, message: Message) -> bool:
        """A private message of which nothing is kept, whatever becomes of it."""
        if message.group is not None:
            return False
        try:
            parts = split_commands(message, self.features)
        except UserError:
            parts = [message]
        calls = (parse(part, self.features) for part in parts)
        return any(call is not None and call.command.feature.discreet for call in calls)

    def notify_watchers(self, session: Session, notice: Update) -> None:
        """Tell whoever watches for such a notice; one that belongs nowhere is let go."""
        settings = self.communities.of(session, notice)
        if settings is None:
            if isinstance(notice, FriendRequested):
                accept_friend(session, notice, self.communities, now=self.clock.now())
            return
        scene = self._scene(session, notice, settings)
        for watcher in self.features.watchers(type(notice)):
            watcher(scene, notice)

    def is_chatter(self, message: Message) -> bool:
        """Private words that are no command."""
        return message.group is None and parse(message, self.features) is None

    def _scene(self, session: Session, update: Update, settings: Settings) -> Scene:
        held, analyser = locked_settings(session, settings), self.analysers.current
        return Scene(session, held, analyser, self.clock.now(), via=lane_of(update))

    def _handle_part(
        self, session: Session, message: Message, attempts: Attempts
    ) -> tuple[Reply | None, Settings | None]:
        """What is said to a message of at most one command, and by which community."""
        call = parse(message, self.features)
        settings = None
        try:
            settings, call = self._resolve_community(session, message, call)
            return self._reply(session, message, call, settings, attempts), settings
        except UserError as error:
            return _refusal(error), settings

    def _resolve_community(
        self, session: Session, message: Message, call: Call | None
    ) -> tuple[Settings | None, Call | None]:
        """The community, and the call without its name."""
        if message.group is not None:
            return self.communities.of_group(message.group), call
        account = message.sender.account
        said = None if call is None else resolve_named(session, account, call, self.communities)
        return said or (community_of(session, message, call, self.communities), call)

    def _reply(
        self,
        session: Session,
        message: Message,
        call: Call | None,
        settings: Settings | None,
        attempts: Attempts,
    ) -> Reply | None:
        if settings is None:
            return None if call is None or call.bare else say(self._to_stranger(message, call))
        scene = self._scene(session, message, settings)
        answer: Reply | str | None = None
        if call is not None and self._is_meant(scene, message, call):
            seen = _last_seen(scene, message, call)
            context = self._context(scene, message, strangers=call.command.strangers)
            try:
                with attempts.atomic("command"), _forgetting(context):
                    if context.known is not None:
                        gate.check(context, call)
                    answer = call.command.handler(context, call)
            except UserError as error:
                _see_again(scene, message, seen, unseen=error.forget)
                raise
            answer = _kept_as(context, answer)
            _see_again(scene, message, seen, unseen=context.discretion.kept)
        if answer is None and message.group is None:
            listening = self._context(scene, message, strangers=True)
            with attempts.atomic("listening"), _forgetting(listening):
                answer = self._ask_listeners(listening)
            answer = _kept_as(listening, answer)
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
            return Context(scene, message, known, self.features)
        outside = message.group is None and not self._belongs(scene, sender.account)
        member = get_or_create_member(
            scene, account=sender.account, name=sender.name, card=sender.card
        )
        if outside:
            standing.keep_outside(scene, member=member)
        elif message.group is not None:
            standing.come_inside(scene, member=member)
        others = partial(self._other_communities, scene, message)
        return Context(scene, message, member, self.features, others=others)

    def _other_communities(self, scene: Scene, message: Message) -> Sequence[str]:
        if message.group is not None:
            return ()
        known = communities_knowing(scene.session, message.sender.account, self.communities)
        return [one.name for one in known if one.id != scene.community_id]

    def _belongs(self, scene: Scene, account: str) -> bool:
        """Somebody is known, leads the community, or sits in one of its groups."""
        session, here = scene.session, scene.community_id
        known = people.by_account(session, community_id=here, account=account)
        if known is not None or account in scene.settings.admins:
            return True
        return here in communities.with_seat(session, account=account)

    def _to_stranger(self, message: Message, call: Call) -> str:
        if call.command.strangers:
            return ask_which(self.communities, message.sender.account)
        return STRANGER

    def _ask_listeners(self, context: Context) -> Reply | str | None:
        answers = (listener(context) for listener in self.features.listeners)
        return next((answer for answer in answers if answer is not None), None)


def _refusal(error: UserError) -> Reply:
    return replace(say(error.text, private=error.private), forget=error.forget)


def _last_seen(scene: Scene, message: Message, call: Call) -> people.LastSeen | None:
    """When the sender was heard before, where it may have to stand there again: the very moment in
    which an anonymous post was made would tell by whom.
    """
    if message.group is not None or call.command.posts:
        return None
    here, account = scene.community_id, message.sender.account
    return people.last_seen(scene.session, community_id=here, account=account)


def _see_again(
    scene: Scene, message: Message, seen: people.LastSeen | None, *, unseen: bool
) -> None:
    if unseen and seen is not None:
        here, account = scene.community_id, message.sender.account
        people.see_again(scene.session, community_id=here, account=account, seen_at=seen.at)


@contextmanager
def _forgetting(context: Context) -> Iterator[None]:
    """What is refused is told like the answer."""
    try:
        yield
    except UserError as error:
        error.forget = context.discretion.kept
        raise


def _kept_as(context: Context, answer: Reply | str | None) -> Reply | str | None:
    """The answer, of which nothing is kept where the handler wanted that."""
    if answer is None or not context.discretion.kept:
        return answer
    reply = say(answer) if isinstance(answer, str) else answer
    return replace(reply, forget=True)
