"""How a chat feature is declared: an object at the top of its module, and decorated functions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

from community.scene import Scene
from community.updates import Notice
from handlers.framework.context import Context
from handlers.framework.reply import Reply


@dataclass(frozen=True)
class Call:
    """A command as a member gave it."""

    command: "Command"
    word: str  # the word that was used, folded
    body: str  # what stands after it, stripped, line breaks kept
    bare: bool = False  # without #, as the answer to a message of the bot
    mixed: bool = False  # a later line opens with the tag of the other kind of post

    @property
    def tag(self) -> str:
        """The word to give it by behind a #: not each answer (不准, 办成) is one."""
        words = self.command.words
        if not self.bare or self.word in words:
            return self.word
        return next((word for word in words if not word.isascii()), self.word)


Handler: TypeAlias = Callable[[Context, Call], Reply | str | None]
Listener: TypeAlias = Callable[[Context], Reply | str | None]
Watcher: TypeAlias = Callable[[Scene, Any], None]
Glued: TypeAlias = Literal["no", "alone", "before text", "event"]
N = TypeVar("N", bound=Notice)


@dataclass(frozen=True)
class Command:
    """Words that lead to one handler.

    ``answers`` are words that do so without ``#`` when they answer a message of the bot.
    Tags that open a post (``posts``) may be written 【word】 as well, and their English words may
    run straight into Chinese text. ``strangers`` may be used by people who are no members yet:
    ``Context.known`` is None then. ``number`` tells whether a post's number may follow the word
    at once, as in #搞定12, with nothing but names behind it or before any text, or an event's, as
    in #报名E3. What takes ``prose`` takes all that follows, lines too that open with a tag. Behind
    what is ``lasting`` a time may stand: 续7天.
    """

    feature: "Feature"
    words: tuple[str, ...]
    handler: Handler
    answers: tuple[str, ...] = ()
    posts: bool = False
    strangers: bool = False
    number: Glued = "no"
    prose: bool = False
    lasting: bool = False


@dataclass
class Feature:
    """One feature of the bot: what it is called, how it is used, what it does."""

    name: str
    usage: str  # one line, as a member would type it
    summary: str  # one short Chinese sentence
    order: int = 100  # place in the help
    admin: bool = False  # only admins may use it
    any_text: bool = False  # what follows the word may be anything, a community's name too
    discreet: bool = False  # in private nothing of its messages is kept, whatever becomes of them
    commands: list[Command] = field(default_factory=list)
    watchers: dict[type, Watcher] = field(default_factory=dict)
    listener: Listener | None = None

    def command(
        self,
        *words: str,
        answers: tuple[str, ...] = (),
        posts: bool = False,
        strangers: bool = False,
        number: Glued = "no",
        prose: bool = False,
        lasting: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Declare a handler for ``#word``, for each of the words."""

        def declare(handler: Handler) -> Handler:
            command = Command(
                self, words, handler, answers, posts, strangers, number, prose, lasting
            )
            self.commands.append(command)
            return handler

        return declare

    def private_text(self, listener: Listener) -> Listener:
        """Declare what is done with a private message that is no command.

        The listeners are asked in the order of their features until one of them answers. None:
        the words were not meant for it.
        """
        self.listener = listener
        return listener

    def watch(self, kind: type[N]) -> Callable[[Callable[[Scene, N], None]], Watcher]:
        """Declare what is done when something other than a message comes in."""

        def declare(watcher: Callable[[Scene, N], None]) -> Watcher:
            self.watchers[kind] = watcher
            return watcher

        return declare
