"""All QQ accounts of a process, whichever channel they belong to."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.onebot.account import Account
from bot.channels.onebot.fields import address
from bot.channels.onebot.requests import serial
from community.updates import Message, Update

_MAX_PRIVATE_CHATS = 10_000
_MAX_INVITATIONS = 1000
_MAX_MESSAGES = 20_000
_COMES_BACK = timedelta(days=1)  # what of earlier runs dials later than this was replaced
_MAY_MOST = ("owner", "admin")
_Said = tuple[str, str, datetime]  # in which group, by whom, and when


class AccountPool:
    """Several accounts may sit in one group: one of them hears what is said there, and answers.

    ``earlier``: addresses of those of earlier runs. They are ours while they may still connect.
    """

    def __init__(self, earlier: Iterable[str] = ()) -> None:
        self.own = set(earlier)  # addresses of all that have ever connected
        self._earlier = set(self.own)
        self._started: datetime | None = None
        self._sections: list[dict[str, Account]] = []
        self._dialled: list[dict[str, Account]] = []  # those that hold one account each
        self._private: OrderedDict[str, str] = OrderedDict()  # persons to whom they wrote last
        self._invitations: OrderedDict[str, str] = OrderedDict()  # which account got them, by flag
        self._messages = _Messages()

    def new_section(self, *, dials: bool) -> dict[str, Account]:
        """The accounts of one more channel, by number; the channel fills it."""
        section: dict[str, Account] = {}
        self._sections.append(section)
        if dials:
            self._dialled.append(section)
        return section

    def forget_replaced(self, now: datetime) -> None:
        """Who was ours in an earlier run is a member like others, once all that are dialled are
        known and he is none of them; one that dials us may come at any time, but has only a day.
        """
        self._started = self._started or now
        if len(self._dialled) == len(self._sections):
            complete = all(self._dialled)
        else:
            complete = now - self._started >= _COMES_BACK
        if self._earlier and complete:
            self.own -= self._earlier - self.addresses
            self._earlier.clear()

    @property
    def addresses(self) -> set[str]:
        """Those of all accounts there are now."""
        return {address(one.number) for one in self._all()}

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
        return (account for section in self._sections for account in section.values())


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
