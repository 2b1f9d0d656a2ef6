"""All QQ accounts of a process, whichever channel they belong to."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.onebot.account import Account
from bot.channels.onebot.fields import address
from bot.channels.onebot.requests import serial
from community.updates import Message, Update

_MAX_PRIVATE_CHATS = 10_000
_MAX_INVITATIONS = 1000
_MAX_MESSAGES = 20_000
_MAY_MOST = ("owner", "admin")
Share = Callable[[Collection[str]], Collection[str] | None]
"""Notes which accounts are connected here, and gives those of earlier runs and other processes as
well; None when they cannot be told now. Called in a thread.
"""

_Said = tuple[str, str, datetime]  # in which group, by whom, and when


class AccountPool:
    """Several accounts may sit in one group: one of them hears what is said there, and answers."""

    def __init__(self, share: Share | None = None) -> None:
        self.own: set[str] = set()  # addresses of all that are the bot's, also while away
        self._share = share  # None: there are neither earlier runs nor other processes
        self._stored: set[str] = set()  # addresses of those that are known from there
        self._sections: list[dict[str, Account]] = []
        self._private: OrderedDict[str, str] = OrderedDict()  # persons to whom they wrote last
        self._invitations: OrderedDict[str, str] = OrderedDict()  # which account got them, by flag
        self._messages = _Messages()

    def new_section(self) -> dict[str, Account]:
        """The accounts of one more channel, by number; the channel fills it."""
        self._sections.append({})
        return self._sections[-1]

    @property
    def addresses(self) -> set[str]:
        """Those of all accounts there are now, here or elsewhere."""
        return {address(one.number) for one in self._all()} | self._stored

    async def refresh(self) -> None:
        """Note which accounts are connected here, and learn which others are the bot's."""
        if self._share is None:
            return
        connected = {address(one.number) for one in self._all() if one.online}
        stored = await asyncio.to_thread(self._share, connected)
        if stored is not None:
            gone = self._stored - set(stored) - {address(one.number) for one in self._all()}
            self._stored = set(stored)
            self.own -= gone
            self.own |= self._stored

    def remember_private(self, person: str, channel: str) -> None:
        """A person has written to one of the accounts in private."""
        _remember(self._private, person, channel, most=_MAX_PRIVATE_CHATS)

    def written_to(self, person: str) -> Account | None:
        """The account to which a person wrote last in private."""
        return self._find(self._private.get(person))

    def remember_invitation(self, flag: str, channel: str) -> None:
        """Somebody has invited one of the accounts into a group."""
        _remember(self._invitations, serial(flag), channel, most=_MAX_INVITATIONS)

    def invited(self, flag: str) -> Account | None:
        """The account that was invited: no other one can answer."""
        return self._find(self._invitations.get(serial(flag)))

    def admin_of(self, group: str) -> Account | None:
        """The account that may do most in a group; None when none that is connected is known to
        be its owner or an admin.
        """
        inside = (one for one in self._all() if one.groups is None or group in one.groups)
        return min(
            (one for one in inside if one.online and one.roles.get(group) in _MAY_MOST),
            key=lambda one: (not one.responsive, _MAY_MOST.index(one.roles[group])),
            default=None,
        )

    def active(self, group: str, now: datetime) -> Account | None:
        """The account that hears and speaks in a group: the first one that is well and may speak
        there; None when none that is connected is known to sit in it.
        """
        inside = (one for one in self._all() if one.ready.is_set() and group in (one.groups or ()))
        return min(
            inside,
            key=lambda one: (not one.responsive, one.mutes.wait(group, now) > 0),
            default=None,
        )

    def remember_message(self, group: str, sender: str, time: datetime, channel: str) -> None:
        """Take no other account's copy of what an earlier run was told."""
        self._messages.remember((group, sender, time), channel)

    def accepts(self, update: Update, now: datetime) -> bool:
        """Whether what an account has told of a group is taken from it, and not from another."""
        active = self.active(update.group or "", now)
        expected = update.channel
        if active is not None and active.responsive:
            expected = address(active.number)
        if isinstance(update, Message):
            return self._messages.accept(update, expected)
        return update.channel == expected

    def _find(self, account: str | None) -> Account | None:
        return next((one for one in self._all() if address(one.number) == account), None)

    def _all(self) -> Iterator[Account]:
        """Those there are now. Asked for in threads as well, while others connect."""
        return (account for section in self._sections for account in list(section.values()))


def _remember(last: OrderedDict[str, str], key: str, value: str, *, most: int) -> None:
    last[key] = value
    last.move_to_end(key)
    if len(last) > most:
        last.popitem(last=False)


@dataclass
class _Told:
    by: str | None = None  # whose copy was taken
    dropped: set[str] = field(default_factory=set)


class _Messages:
    """What was said lately. Each message is taken once, also while one account takes the place of
    another, or before it is known who sits where. Ids differ from account to account, and so do
    the words, for the @ of an account is none of its own; who spoke and at which second does not.
    """

    def __init__(self) -> None:
        self._told: OrderedDict[_Said, _Told] = OrderedDict()

    def remember(self, what: _Said, channel: str) -> None:
        """The copy of this account was taken."""
        self._find(what).by = channel

    def accept(self, message: Message, expected: str) -> bool:
        """Whether to take this copy: that of the expected account, if it is still to come."""
        what = (message.group or "", message.sender.account, message.time)
        told = self._find(what)
        if told.by not in (None, message.channel):
            return False
        if message.channel != expected and expected not in told.dropped:
            told.dropped.add(message.channel)
            return False
        told.by = message.channel
        return True

    def _find(self, what: _Said) -> _Told:
        told = self._told.setdefault(what, _Told())
        if len(self._told) > _MAX_MESSAGES:
            self._told.popitem(last=False)
        return told
