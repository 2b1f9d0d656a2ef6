"""What is typed in the browser to updates, and both sides' words to bubbles."""

import re
from collections.abc import Iterable
from datetime import datetime

from bot.channels.playground.sample import BY_KEY, CHANNEL, PEOPLE, address
from community.actions import Image, Mention, Segment, Send
from community.updates import MemberJoined, MemberLeft, Mentioned, Message, Quoted, Sender, Update
from web.playground import Bubble, Part, Person

BOT = "老友"
CONNECTION = f"{CHANNEL}:bot"
_BY_NAME = {one.name: one for one in PEOPLE}
_CALLED = re.compile(f"[@＠]({'|'.join([BOT, *_BY_NAME])})")
_QUOTE_LENGTH = 60  # characters of a quoted message that are shown


def to_message(
    person: Person,
    text: str,
    *,
    group: str | None,
    key: str,
    time: datetime,
    quoted: Bubble | None = None,
) -> Message:
    """The words as an update: every @ of somebody in the group is a real one."""
    names = [found[1] for found in _CALLED.finditer(text)]
    others = [_BY_NAME[name] for name in dict.fromkeys(names) if name != BOT]
    return Message(
        channel=CONNECTION,
        key=key,
        time=time,
        group=group,
        message_id=key,
        sender=Sender(account=address(person), name=person.name),
        text=_CALLED.sub(lambda found: "" if found[1] == BOT else found[0], text).strip(),
        mentions=tuple(Mentioned(account=address(one), name=one.name) for one in others),
        to_bot=BOT in names or (quoted is not None and not quoted.author),
        quoted=_quoted(quoted),
    )


def heard(update: Update, number: int, at: datetime, quoted: Bubble | None) -> Bubble | None:
    """The update as people see it; None: they do not."""
    match update:
        case Message(sender=sender, group=group):
            # Private words that are no command are forgotten by the inbox.
            if not update.text:
                return None
            return Bubble(
                number=number,
                place=group or sender.account,
                id=update.message_id,
                author=_key(sender.account),
                name=sender.shown,
                parts=_typed(update.text),
                at=at,
                quote=_shown(quoted),
            )
        case MemberJoined(seat=seat, group=group) if group is not None:
            return _event(f"{seat.name} 进群了", number, group, update.key, at)
        case MemberLeft(account=account, group=group) if group is not None:
            return _event(f"{_name(account)} 离开了群", number, group, update.key, at)
    return None


def said(send: Send, number: int, message_id: str, at: datetime, quoted: Bubble | None) -> Bubble:
    """The bot's words as people see them."""
    return Bubble(
        number=number,
        place=send.target,
        id=message_id,
        author="",
        name=BOT,
        parts=tuple(_parts(send.segments)),
        at=at,
        quote=_shown(quoted),
    )


def _parts(segments: Iterable[Segment]) -> Iterable[Part]:
    for segment in segments:
        match segment:
            case Mention(account=account, name=name):
                yield Part(f"@{name or _name(account)}", _key(account))
                yield Part(" ")
            case Image():
                yield Part("[图片]")
            case _:
                yield Part(segment.text)


def _typed(text: str) -> tuple[Part, ...]:
    """Typed words, each @ of somebody apart."""
    parts, done = [], 0
    for found in _CALLED.finditer(text):
        person = _BY_NAME.get(found[1])
        parts += [Part(text[done : found.start()]), Part(found[0], person.key if person else "")]
        done = found.end()
    return tuple(part for part in (*parts, Part(text[done:])) if part.text)


def _event(text: str, number: int, place: str, id_: str, at: datetime) -> Bubble:
    return Bubble(
        number=number, place=place, id=id_, author="", name="", parts=(Part(text),), at=at,
        event=True,
    )  # fmt: skip


def _quoted(bubble: Bubble | None) -> Quoted | None:
    if bubble is None:
        return None
    author = BY_KEY.get(bubble.author)
    account = CONNECTION if author is None else address(author)
    return Quoted(message_id=bubble.id, account=account, name=bubble.name, text=bubble.text)


def _shown(quoted: Bubble | None) -> str:
    if quoted is None:
        return ""
    line = quoted.text.split("\n", 1)[0]
    short = line if len(line) <= _QUOTE_LENGTH else f"{line[:_QUOTE_LENGTH]}…"
    return f"{quoted.name}：{short}"


def _key(account: str) -> str:
    return account.partition(":")[2]


def _name(account: str) -> str:
    person = BY_KEY.get(_key(account))
    return person.name if person else _key(account)
