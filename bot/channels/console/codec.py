"""Typed lines to updates, and what the bot says to printed lines."""

import re
from dataclasses import dataclass
from datetime import datetime

from community.actions import Image, Mention, Segment, Send, Text
from community.updates import Mentioned, Message, Sender

BOT = "老友"
GROUP = "console:main"
CHANNEL = "console:bot"

_SPOKEN = re.compile(
    r"(?!\d+:\d)"  # a time of day is no speaker
    r"(?P<name>[^\s:：#＃@/][^\s:：#＃]{0,29}?)"
    r"(?P<private>[（(]私聊[）)])?"
    r"\s?[:：](?!//)"  # nor is the beginning of a web address
    r"\s*(?P<text>.*)"
)
_MENTION = re.compile(
    r"(?<![A-Za-z0-9._%+-])"  # a mail address calls nobody
    r"""@(?P<name>[^\s@#＃:：，。！？、；,;!?（）()\[\]【】《》「」"'“”]{1,30})(?P<gap>\s?)"""
)
_EVERYBODY = ("所有人", "全体成员", "all")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # would steer the reader's terminal
_BOLD, _CALL, _PLAIN = "\x1b[1;32m", "\x1b[36m", "\x1b[0m"


@dataclass(frozen=True)
class Speaker:
    """Who is typing, and whether to the group or to the bot alone."""

    name: str
    private: bool = False

    @property
    def account(self) -> str:
        """Their address."""
        return f"console:{self.name}"

    @property
    def label(self) -> str:
        """As it stands in front of their lines."""
        return f"{self.name}（私聊）" if self.private else self.name


def parse(line: str, speaker: Speaker) -> tuple[Speaker, str]:
    """Who says what. A line without a name goes on for the one who spoke last."""
    line = line.strip("\ufeff\r\n")
    found = _SPOKEN.fullmatch(line.strip())
    if found is None:
        return speaker, _broken(line)
    return Speaker(found["name"], private=bool(found["private"])), _broken(found["text"])


def _broken(text: str) -> str:
    """``\\n`` as two characters is how a line break is typed in one line."""
    return text.replace("\\n", "\n").strip()


def to_message(speaker: Speaker, text: str, *, key: str, time: datetime) -> Message:
    """The line as an update: every @ is a real one, the one of the bot is taken out."""
    names = [found["name"] for found in _MENTION.finditer(text)]
    others = dict.fromkeys(name for name in names if name not in (BOT, *_EVERYBODY))
    return Message(
        channel=CHANNEL,
        key=key,
        time=time,
        group=None if speaker.private else GROUP,
        message_id=key,
        sender=Sender(account=speaker.account, name=speaker.name),
        text=_MENTION.sub(lambda found: "" if found["name"] == BOT else found[0], text).strip(),
        mentions=tuple(Mentioned(account=f"console:{name}", name=name) for name in others),
        to_bot=BOT in names,
    )


def render(send: Send, *, colour: bool = False) -> str:
    """The bot's words; all lines but the first are indented, so that each message is one block."""
    words = "".join(_segment(segment, colour) for segment in send.segments).rstrip()
    body = "\n".join(f"  {line}".rstrip() for line in words.split("\n")).lstrip()
    return f"{_painted(_heading(send), _BOLD, colour)} {body}\n"


def _heading(send: Send) -> str:
    name = _CONTROL.sub("", send.target.partition(":")[2])
    if send.group is None:
        return f"{BOT} → {name}:"
    return f"{BOT}:" if send.group == GROUP else f"{BOT}（{name}）:"


def _segment(segment: Segment, colour: bool) -> str:
    match segment:
        case Text(text=text):
            return _CONTROL.sub("", text)
        case Mention(account=account, name=name):
            shown = _CONTROL.sub("", name or account.partition(":")[2])
            return _painted(f"@{shown}", _CALL, colour) + " "
        case Image():
            return "[图片]"


def _painted(text: str, colour: str, wanted: bool) -> str:
    return f"{colour}{text}{_PLAIN}" if wanted else text
