"""By what a person can be recognised in stored text, and taking it out of there."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from community.members.nicknames import parts_of

NOBODY = "已注销的成员"
_HIDDEN = "［已隐去］"
_CONTACTS = re.compile(
    r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"  # a mobile number
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # a mail address
    r"|wxid_\w+"
    r"|(?:微信号?|薇信|vx|wx|wechat|weixin|qq|电话|手机|邮箱)[：: 是]*"
    r"[A-Za-z0-9][A-Za-z0-9_.@+-]{4,}",
    re.IGNORECASE,
)


def contacts_in(text: str) -> list[str]:
    """The ways to reach somebody that a text tells."""
    return [found[0] for found in _CONTACTS.finditer(text)]


def without_contacts(text: str, instead: str = _HIDDEN) -> str:
    """The text with other words in their place."""
    return _CONTACTS.sub(instead, text)


@dataclass(frozen=True)
class Traces:
    """A person's addresses (``onebot:10001``), the names that he went by, and the ids of what he
    said lately: an answer in a group need not name him to repeat his words.
    """

    addresses: frozenset[str]
    names: frozenset[str]
    messages: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """The addresses without their channel."""
        return frozenset(address.partition(":")[2] for address in self.addresses)

    def found_by(self, more: Iterable[str] = ()) -> re.Pattern[str]:
        """What finds the person, and the texts that are added, in stored JSON."""
        words = {_quoted(address) for address in self.addresses}
        words |= {_quoted(text)[1:-1] for text in (*self.names, *more) if text}
        return _any_of(words)

    def masked(self, text: str) -> str:
        """A text of the person's own, without names, accounts and ways to reach him."""
        return self._named().sub(NOBODY, without_contacts(text))

    def are_answered_in(self, action: str) -> bool:
        """It answers something that the person said."""
        return bool(self.messages) and json.loads(action).get("quote") in self.messages

    def rewritten(self, action: str, *, own: bool = False) -> str | None:
        """A waiting action without the person; None: it was about him alone.

        One that repeats his ``own`` words loses the ways to reach him as well.
        """
        content = json.loads(action)
        if content.get("account") in self.addresses:
            return None
        return json.dumps(self._without(content, own=own), ensure_ascii=False)

    def _without(self, part: Any, *, own: bool) -> Any:
        match part:
            case {"type": "mention", "account": account} if account in self.addresses:
                return {"type": "text", "text": f"{NOBODY} "}
            case {"type": "mention"}:
                return part
            case {"type": "text", "text": text}:
                return {**part, "text": self._without_name(text, own=own)}
            case dict():
                return {key: self._within(key, value, own=own) for key, value in part.items()}
            case list():
                return [self._without(one, own=own) for one in part]
        return part

    def _within(self, key: str, value: Any, *, own: bool) -> Any:
        if key == "subject":  # of a letter
            return self._without_name(value, own=own)
        return self._without(value, own=own)

    def _without_name(self, text: str, *, own: bool) -> str:
        return self.masked(text) if own else self._named().sub(NOBODY, text)

    def _named(self) -> re.Pattern[str]:
        """Names and ids where they stand; a lone character is no name among other words."""
        words = {word for word in (*self.names, *self.ids) if len(word) > 1}
        words |= {part for name in self.names for part in parts_of(name)[:1] if len(part) > 1}
        return _any_of(words, re.IGNORECASE)


def in_json(texts: Iterable[str]) -> re.Pattern[str]:
    """What finds the texts in stored JSON."""
    return _any_of(_quoted(text)[1:-1] for text in texts)


def _any_of(words: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The longest of the words that stands somewhere; without words nothing is found."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", flags)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
