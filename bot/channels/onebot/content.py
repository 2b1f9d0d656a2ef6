"""What a message says: its text, whom it calls and what it quotes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.channels.onebot.cq import Piece
from bot.channels.onebot.fields import address, as_id, as_name, as_person
from bot.channels.untrusted import Fields, as_text
from community.updates import Mentioned, Quoted

_WIDE = "\u2005"  # ends a name with a blank in it: whoever reads on has to know where
NameOf = Callable[[str], str]
"""Account to the name that the group knows it by; empty when nobody knows."""


@dataclass
class Content:
    """A message as read so far."""

    text: str = ""
    mentions: list[Mentioned] = field(default_factory=list)
    to_bot: bool = False
    quoted: Quoted | None = None
    author: Mentioned | None = None  # called by QQ, as the author of what is quoted
    _call: str = ""  # what was added last, if it calls somebody

    def add(self, words: str, *, call: bool = False) -> None:
        """Add to the text; a ``@name`` is kept apart from what stands beside it."""
        if " " in self._call:
            self.text += _WIDE
            words = words.removeprefix(" ")
        touching = self.text[-1:].strip() and words[:1].strip()
        if touching and (call or self._call):
            self.text += " "
        self.text += words
        self._call = words if call else ""

    @property
    def called(self) -> tuple[Mentioned, ...]:
        """Who is meant: those who were called by hand, else the author of what is quoted.

        QQ puts an @ of the author before every answer, also of one about somebody else.
        """
        return tuple(self.mentions or [one for one in (self.author,) if one is not None])


def read(message: Sequence[Piece], *, own: str, name_of: NameOf) -> Content:
    """Read the segments. Pictures, faces, cards and unknown segments add nothing to the text."""
    content = Content()
    for kind, data in message:
        if kind == "text":
            content.add(as_text(data.get("text")))
        elif kind == "reply":
            _quote(content, data)
        elif kind == "at":
            _call(content, data, own, name_of)
    content.text = content.text.strip()
    return content


def _quote(content: Content, data: Fields) -> None:
    if (message_id := as_id(data.get("id"))) is not None:
        content.quoted = Quoted(message_id=message_id)


def _call(content: Content, data: Fields, own: str, name_of: NameOf) -> None:
    qq = as_person(data.get("qq"))  # "all" is no number: it calls nobody in particular
    if qq is None:
        return
    account = address(qq)
    name = "" if qq == own else name_of(account) or as_name(data.get("name")).lstrip("@") or qq
    called = Mentioned(account=account, name=name)
    # Before an answer it is no part of what was typed: a command has to be at the start.
    opens = content.quoted is not None and not content.text.strip()
    by_client = opens and _is_author(content, called)
    if qq == own:
        content.to_bot = True
    elif by_client:
        content.author = called
    else:
        content.mentions.append(called)
        if not opens:
            content.add(f"@{name}", call=True)


def _is_author(content: Content, called: Mentioned) -> bool:
    """Take the first one for the author of what is quoted: QQ calls him, also if it is the bot."""
    quoted = content.quoted
    if quoted is None or quoted.account:
        return False
    content.quoted = quoted.model_copy(update={"account": called.account, "name": called.name})
    return True
