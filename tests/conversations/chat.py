"""A group chat in which tests speak as members and read what the bot answers."""

import asyncio
import re
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Any

from pydantic import SecretStr
from typing_extensions import override

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.base import Caps
from bot.communities import Communities
from bot.config.sections import OutboxConfig
from bot.dependencies import Dependencies
from bot.schedule.ticks import Ticks
from community import roster
from community.actions import Action, Mention, Send
from community.form import ApplicationRules
from community.rules import Limits, MatchingRules
from community.scene import Scene
from community.settings import AnonymousKey, Settings
from community.terms import Terms
from community.updates import Mentioned, Message, Quoted, Sender, Update
from handlers.framework.discovery import Features, discover
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from storage.tables import Post
from tests.conversations.happenings import GROUP, Happenings, account
from tests.fakes import FakeChannel

__all__ = ["ADMIN", "ADMIN_GROUP", "GROUP", "OTHER_GROUP", "PLACES", "Chat", "account"]

OTHER_GROUP = "onebot:200"
ADMIN_GROUP = "onebot:900"
ADMIN = "管理员"
KEY = AnonymousKey(secret=SecretStr("x" * 32))  # of a story; a real one is drawn by lot
PLACES = {"group": GROUP, "admin group": ADMIN_GROUP, "private": None}


@cache
def _features() -> Features:
    """The same for all chats; looking for them takes as long as an answer."""
    return discover()


class Chat(Happenings):
    """Everything goes through the one door; each call waits until the bot has come to rest."""

    def __init__(
        self,
        database: Database,
        analyser: Analyser,
        *,
        limits: Limits | None = None,
        commands_per_minute: int = 0,
        matching: MatchingRules | None = None,
        application: ApplicationRules | None = None,
        terms: Terms | None = None,
        admins: Sequence[str] = (ADMIN,),
        admin_group: str | None = ADMIN_GROUP,
        other_admins: Sequence[str] = (),
        groups: Sequence[str] = (GROUP,),
        welcome: bool = True,
        public_url: str = "",
        analysers: Analysers | None = None,
        anonymous: AnonymousKey | None = None,
    ) -> None:
        super().__init__()
        self.channel = FakeChannel()
        self.mail = FakeChannel("mail", Caps(can_mention=False, can_quote=False, paced=False))
        self.database = database
        pace = {"commands_per_minute": commands_per_minute}  # time stands still in a story
        settings = Settings(
            id="renren",
            name="老友记",
            groups=tuple(groups),
            welcome=welcome,
            public_url=public_url,
            admins=frozenset(account(one) for one in admins),
            admin_group=admin_group,
            application=application or ApplicationRules(),
            terms=terms or Terms(),
            limits=(limits or Limits()).model_copy(update=pace),
            matching=matching or MatchingRules(),
            anonymous=anonymous or KEY,
        )
        other = Settings(
            id="other",
            name="别家",
            groups=(OTHER_GROUP,),
            admins=frozenset(account(one) for one in other_admins),
            limits=Limits().model_copy(update=pace),
            anonymous=anonymous or KEY,
        )
        self.settings: tuple[Settings, ...] = (settings, other)
        self.analysers = analysers or Analysers(analyser)
        self._app = self._new_app()
        self._runner = asyncio.Runner()
        self._mark = 0
        self.aloud: list[str] = []  # what people said themselves in groups for everybody
        self._run(self._app.start())

    def says(
        self,
        who: str,
        text: str,
        *,
        group: str = GROUP,
        private: bool = False,
        quote: str | None = None,
    ) -> str:
        """Somebody speaks; gives what the bot answers there, "" when it keeps silent.

        ``@名字`` in the text is a real mention. ``quote`` is the id of a message: of
        ``chat.last_id`` or ``chat.reply_id``.
        """
        self._count += 1
        self.last_id = f"m{self._count}"
        self._texts[self.last_id] = (who, text)
        if not private and group != ADMIN_GROUP:
            self.aloud.append(text)
        update = Message(
            channel="onebot:bot",
            key=self.last_id,
            time=self.clock.now(),
            group=None if private else group,
            message_id=self.last_id,
            sender=Sender(account=account(who), name=who, card="" if private else who),
            text=text,
            mentions=tuple(
                Mentioned(account=account(name), name=name)
                for name in re.findall(r"@([\w]+)", text)
            ),
            to_bot=bool(quote and quote.startswith("bot-")),
            quoted=self._quoted(quote),
        )
        self.feed(update)
        return self.heard(account(who) if private else group)

    def knows(self, message_id: str, text: str) -> None:
        """The platform tells what the bot had said, when that is quoted."""
        self._texts[message_id] = ("bot", text)

    @override
    def feed(self, *updates: Update) -> None:
        """Hand in updates, several at once, and wait until the bot has come to rest."""
        self._mark = len(self.channel.done)
        self._run(self._feed(*updates))

    def passes(self, **time: float) -> None:
        """Time goes by (``days=1``), then everything due is done."""
        self.clock.advance(timedelta(**time))
        self._mark = len(self.channel.done)
        self._run(self._tick())

    def is_cut_off(self, *, days: int) -> None:
        """So many days nothing can be sent; what is due is done, and waits for the end of that."""
        self.channel_is_away(days=days)
        self.comes_back()

    def channel_is_away(self, *, days: int) -> None:
        """Likewise, and that is not over yet: the pages go on."""
        for _ in range(days):
            self.clock.advance(timedelta(days=1))
            self._due()

    def comes_back(self) -> None:
        """What waits is sent."""
        self._mark = len(self.channel.done)
        self.restarts()
        self._run(self._app.settle())

    def new_ticks(self) -> Ticks:
        """What is done by the clock, as by a process that has just begun with it."""
        return Ticks(self.database, Communities(self.settings), self.analysers, self.clock)

    def heard(self, target: str = GROUP) -> str:
        """What the bot said there in the last turn."""
        return "\n---\n".join(send.text for send in self.sent if send.target == target)

    def told(self, who: str) -> str:
        """What the bot told somebody in private in the last turn."""
        return self.heard(account(who))

    @contextmanager
    def scene(self) -> Iterator[Scene]:
        """One transaction, to prepare something or to look at what has become of it."""
        with self.database.begin() as session:
            communities.lock(session, community_id="renren")
            yield Scene(session, self.settings[0], self.analyser, self.clock.now(), via="web")

    def imports(self, *rows: list[str]) -> None:
        """The operator hands in a table of members, its head first."""
        table = roster.read_table(enumerate(rows))
        with self.scene() as scene:
            session = scene.session
            plan = roster.plan(table.entries, roster.known(session, community_id="renren"))
            roster.apply(session, community_id="renren", plan=plan, now=scene.now)

    def post(self, number: int = 1) -> Post:
        """A post as it is stored now."""
        with self.database.read() as session:
            return session.get_one(Post, ("renren", number))

    @property
    def analyser(self) -> Analyser:
        """What the bot reads texts with."""
        return self.analysers.current

    @property
    def sent(self) -> list[Send]:
        """All that the bot said in the last turn."""
        return self.channel.sends(self._mark)

    @property
    def letters(self) -> list[Send]:
        """All letters that were ever sent."""
        return self.mail.sends()

    @property
    def did(self) -> list[Action]:
        """All that the bot did in the last turn beyond speaking."""
        done = (action for action, _ in self.channel.done[self._mark :])
        return [action for action in done if not isinstance(action, Send)]

    @property
    def called(self) -> list[str]:
        """Who was really mentioned in the last turn, in order."""
        return [
            segment.account.removeprefix("onebot:")
            for send in self.sent
            for segment in send.segments
            if isinstance(segment, Mention)
        ]

    @property
    def reply_id(self) -> str:
        """The id of the bot's last message, for quoting it."""
        sent = [one for action, one in self.channel.done if isinstance(action, Send)][-1]
        assert sent.message_id is not None
        return sent.message_id

    def restarts(self) -> None:
        """The bot is stopped and started anew; only the database remembers."""
        self._run(self._app.stop())
        self._app = self._new_app()
        self._run(self._app.start())

    def regroups(self, **groups: Sequence[str]) -> None:
        """The bot is started anew with a configuration that gives communities other groups."""
        self.settings = tuple(
            one.model_copy(update={"groups": tuple(groups.get(one.id, one.groups))})
            for one in self.settings
        )
        self.restarts()

    def renames(self, **names: str) -> None:
        """The bot is started anew with a configuration that calls communities something else."""
        self.settings = tuple(
            one.model_copy(update={"name": names.get(one.id, one.name)}) for one in self.settings
        )
        self.restarts()

    def close(self) -> None:
        """Stop the bot."""
        self._run(self._app.stop())
        self._runner.close()

    def _quoted(self, message_id: str | None) -> Quoted | None:
        if message_id is None:
            return None
        who, text = self._texts.get(message_id) or ("bot", self._said(message_id))
        return Quoted(message_id=message_id, account=account(who), name=who, text=text)

    def _said(self, message_id: str) -> str:
        """What the bot said, as the platform tells it of a quoted message."""
        said = (action for action, sent in self.channel.done if sent.message_id == message_id)
        return next((one.text for one in said if isinstance(one, Send)), "")

    def _new_app(self) -> App:
        return App(
            Dependencies(
                database=self.database,
                settings=self.settings,
                channels=(self.channel, self.mail),
                features=_features(),
                analysers=self.analysers,
                clock=self.clock,
                outbox=OutboxConfig(min_interval=0, per_hour=0),
            )
        )

    async def _feed(self, *updates: Update) -> None:
        await asyncio.gather(*(self._app.dispatcher.feed(update) for update in updates))
        await self._app.settle()

    def _due(self) -> set[str]:
        ticks = self.new_ticks()
        lanes = ticks.index() | ticks.introduce() | ticks.expire() | ticks.receive() | ticks.vet()
        return (
            lanes
            | ticks.remind()
            | ticks.events()
            | ticks.look_back()
            | ticks.mail()
            | ticks.learn()
        )

    async def _tick(self) -> None:
        self._app.wake(self._due())
        await self._app.settle()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._runner.run(work)
