"""What a text says: whom it calls, what it quotes, and what its author typed. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.channels.wechaty import quotes
from bot.channels.wechaty.quotes import Quote
from community.updates import Mentioned

_WIDE = "\u2005"  # stands behind a name that was picked from the list of members
_AFTER = rf"(?:[{_WIDE}\u0020\u00a0]|(?=\n)|\Z)"  # on a computer it is a plain blank
_SIGN = re.compile("[@＠]")


@dataclass(frozen=True)
class Names:
    """Who can be called in a conversation."""

    own: str  # address of the bot's account
    mine: Collection[str]  # its names
    others: Mapping[str, str]  # address → name that the others see


@dataclass(frozen=True)
class Content:
    """A message as read."""

    text: str
    mentions: tuple[Mentioned, ...]
    to_bot: bool
    quote: Quote | None


def read(text: str, called: Collection[str] | None, names: Names) -> Content:
    """Read a text. ``called``: the accounts that the gateway says are mentioned; None when it
    tells none, and only the text shows them.
    """
    quote = quotes.split(text, (*names.mine, *names.others.values()))
    words = quote.rest if quote else text
    if called is None:
        called = _called(words, names)
    mentions = [_mentioned(one, names) for one in dict.fromkeys(called) if one != names.own]
    return Content(_typed(words, names.mine), tuple(mentions), names.own in called, quote)


def is_for_all(called: Collection[str], members: int) -> bool:
    """Whether so many are mentioned that it is a word to all, and to nobody in particular.

    ``members``: how many there are; 0 when that is not known.
    """
    return len(called) > 2 and 0 < members <= len(called) + 1


def _mentioned(account: str, names: Names) -> Mentioned:
    return Mentioned(account=account, name=names.others.get(account, ""))


def _called(text: str, names: Names) -> list[str]:
    """Those whose name stands behind an @, ended as WeChat ends it."""
    if not _SIGN.search(text):
        return []
    accounts = dict.fromkeys(names.mine, names.own)
    twice = {name for name, count in Counter(names.others.values()).items() if count > 1}
    for account, name in names.others.items():
        if name and name not in twice:  # of two with one name, nobody knows who is meant
            accounts.setdefault(name, account)
    return [accounts[found[1]] for found in _pattern(accounts).finditer(text)] if accounts else []


def _typed(text: str, mine: Collection[str]) -> str:
    """The text without the @ of the bot, and with plain blanks behind the names of others."""
    if mine and _SIGN.search(text):
        text = _pattern(mine).sub("", text)
    # A name with a blank in it ends at the wide one: whoever reads on has to know.
    text = re.sub(rf"([@＠]\S{{1,40}}){_WIDE}", r"\1 ", text)
    return text.strip()


def _pattern(names: Collection[str]) -> re.Pattern[str]:
    """A call of one of the names, the longest that fits."""
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"[@＠]({'|'.join(longest)}){_AFTER}")
