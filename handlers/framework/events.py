"""Which event a command speaks of: by its number, by a quoted message, or the only one there is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from community.courtesy import is_courtesy
from community.errors import UserError
from community.events import finding
from community.events.wording import item
from community.rights import may
from handlers.framework.context import Context
from handlers.framework.feature import Call
from handlers.framework.numbers import quoted_words
from storage.tables import Event

_NUMBER = re.compile(
    r"\s*+[#＃﹟]?\s*+(?:[EeＥｅ]\s*(\d{1,9})(?!\d)"
    r"|(\d{1,9})(?![\w:：./-]|\s*[月点]|\s*[人位](?!数)))[\s，,：:。、]*"
)
# What is told of an event: not what its description says of another one.
_SPOKEN = re.compile(r"#E(\d{1,9})「|(?:^|」)#E(\d{1,9}) ", re.MULTILINE)


@dataclass(frozen=True)
class Meant:
    """The event, and what else was said."""

    event: Event
    rest: str


def number_in(text: str) -> tuple[int | None, str]:
    """The event's number at the beginning of a text, and the rest."""
    found = _NUMBER.match(text)
    return (int(found[1] or found[2]), text[found.end() :].strip()) if found else (None, text)


def named_event(ctx: Context, call: Call) -> Meant | None:
    """The one that is named by number or by quoting. Raises UserError for one that is not."""
    number, rest = number_in(call.body)
    if number is not None:
        return Meant(finding.by_number(ctx.scene, number), rest)
    spoken = _spoken_of(ctx)
    if len(spoken) > 1:
        found = [finding.by_number(ctx.scene, number) for number in spoken]
        raise UserError(which(call, found))
    return Meant(finding.by_number(ctx.scene, spoken[0]), call.body.strip()) if spoken else None


def meant_event(ctx: Context, call: Call, among: Sequence[Event]) -> Meant | None:
    """The one that is named, also by words of its title; else the only one of those.

    None: whatever was said is not about any of them. Raises UserError when it is unclear.
    """
    named = named_event(ctx, call)
    if named is not None:
        return named
    words = call.body.strip()
    if words and not is_courtesy(words):
        found = finding.by_words(among, words)
        if len(found) == 1:
            return Meant(found[0], "")
        among = found or among
    elif len(among) == 1:
        return Meant(among[0], "")
    if among:
        raise UserError(which(call, among))
    return None


def which(call: Call, found: Sequence[Event]) -> str:
    """Asks which of several is meant, or whether the only one is."""
    if len(found) == 1:
        return f"说的是 {item(found[0])}吗？是就发 #{call.tag} E{found[0].id}。"
    lines = [item(event) for event in found[:5]]
    return "\n".join([f"是哪一个？写上编号，例如 #{call.tag} E{found[0].id}：", *lines])


def quoted_event(ctx: Context) -> Event | None:
    """The event that the quoted message of the bot speaks of, where it is one alone."""
    spoken = _spoken_of(ctx)
    return finding.by_number(ctx.scene, spoken[0]) if len(spoken) == 1 else None


def answers_event(ctx: Context, command: str) -> bool:
    """A bare word under a message about events, from somebody who may use the command."""
    return bool(_spoken_of(ctx)) and may(ctx.scene, ctx.member, command)


def _spoken_of(ctx: Context) -> list[int]:
    """Numbers of the events that the quoted message of the bot names."""
    quoted = ctx.message.quoted
    if quoted is None:
        return []
    words = quoted_words(ctx)
    if not words and quoted.account == ctx.message.channel:
        words = quoted.text
    return list(dict.fromkeys(int(one or other) for one, other in _SPOKEN.findall(words)))
