"""All QQ accounts of a channel that have connected, and which of them speaks to whom."""

from datetime import datetime

from bot.channels.onebot.account import Account
from bot.channels.onebot.pool import AccountPool
from community.actions import Action, AnswerRequest, Kick, SetCard
from community.updates import (
    BotInvited,
    FriendRequested,
    MemberJoined,
    MemberLeft,
    Message,
    Recalled,
    SeatsChanged,
    Sender,
    Update,
)

_HEARD_BY_ALL = (Message, Recalled, MemberJoined, MemberLeft)


def is_heard_by_all(update: Update) -> bool:
    """Whether each account in a group is told of it."""
    return update.group is not None and isinstance(update, _HEARD_BY_ALL)


class Accounts:
    """Nearly always there is one; then everything goes through it."""

    def __init__(self, pool: AccountPool) -> None:
        self._pool = pool
        self._accounts = pool.new_section()

    async def refresh(self) -> None:
        """Learn which accounts are the bot's, also in other processes."""
        await self._pool.refresh()

    def get(self, number: str) -> Account:
        """The account with this number, new or known."""
        return self._accounts.setdefault(number, Account(number))

    def keep_only(self, account: Account) -> None:
        """The implementation that we dial is logged in to this account now, and to no other."""
        if self._accounts.keys() - {account.number}:
            self._accounts.clear()
            self._accounts[account.number] = account

    def remember_addressed(self, update: Update) -> None:
        """Remember to whom a person wrote in private, whose friend he wants to be, or whom he
        invites, so that the answer comes from there.
        """
        if isinstance(update, BotInvited):
            self._pool.remember_invitation(update.flag, update.channel)
        person = ""
        if isinstance(update, Message) and update.group is None:
            person = update.sender.account
        elif isinstance(update, FriendRequested):
            person = update.account
        if person:
            self._pool.remember_private(person, update.channel)

    def without_own(self, update: Update) -> Update | None:
        """What is left of it when nothing is told of our own accounts; None where nothing is."""
        own = self._pool.addresses
        match update:
            case Message(sender=Sender(account=account)) | MemberLeft(account=account):
                return None if account in own else update
            case MemberJoined(seat=seat):
                return None if seat.account in own else update
            case SeatsChanged(seats=seats, left=left) if own & {*left, *(s.account for s in seats)}:
                others = tuple(seat for seat in seats if seat.account not in own)
                gone = tuple(account for account in left if account not in own)
                kept = others or gone or update.complete
                return update.model_copy(update={"seats": others, "left": gone}) if kept else None
        return update

    def is_duplicate(self, update: Update, now: datetime) -> bool:
        """Whether another account in the same group hears it as well and is the one to answer.
        Requests come to admins alone, who may not be that one.
        """
        return is_heard_by_all(update) and not self._pool.accepts(update, now)

    def may_speak(self, group: str, now: datetime) -> bool:
        """Whether the account that would answer there is well and not muted, as far as is known."""
        active = self._pool.active(group, now)
        return active is None or (active.responsive and active.mutes.wait(group, now) <= 0)

    def has_written(self, person: str) -> bool:
        """Whether the person has written in private: then the way back is open."""
        return self._pool.written_to(person) in self._accounts.values()

    def account_for(
        self, target: str, via: str | None = None, *, speaks_at: datetime | None = None
    ) -> Account | None:
        """The account that is in this group, or that this person wrote to; else one that is in
        ``via``, a group of this person. It may be offline, or may not speak then.
        """

        # Of two in one group, the one that is there: the other may never come back.
        def rank(one: Account) -> tuple[bool, bool, bool]:
            muted = speaks_at is not None and one.mutes.wait(target, speaks_at) > 0
            return not one.responsive, not one.online, muted

        accounts = sorted(self._accounts.values(), key=rank)
        written_to = self._pool.written_to(target)
        for account in accounts:
            if account is written_to or (account.groups and target in account.groups):
                return account
        inside = (one for one in accounts if via is not None and via in (one.groups or ()))
        return next(inside, None) or next((one for one in accounts if one.online), None)

    def entitled(self, action: Action) -> Account | None:
        """The account, of whichever channel, that may do this, as far as it is known: of those in
        a group, only one may be its admin, and not the one that speaks.
        """
        match action:
            case AnswerRequest(kind="invite"):
                return self._pool.invited(action.flag)
            case Kick() | SetCard() | AnswerRequest(kind="join"):
                return self._pool.admin_of(action.target)
        return None

    def reaches(self, target: str, now: datetime) -> bool | None:
        """Whether one that is online speaks to this group or person; None: not that they know.

        Called in threads as well, while others connect.
        """
        online = [account for account in list(self._accounts.values()) if account.online]
        if not online:
            return False
        written_to = self._pool.written_to(target)
        if written_to is not None and (written_to.online or written_to in self._accounts.values()):
            return written_to in online
        if any(target in (account.groups or ()) for account in online):
            # In a group of several, one of another channel may be the one to speak.
            active = self._pool.active(target, now)
            return active is None or active in self._accounts.values()
        # An implementation that does not tell its groups may well be in all of them.
        return True if any(one.listed and one.groups is None for one in online) else None

    @property
    def responsive(self) -> bool:
        """Whether any of them is connected and logged in, and answers."""
        return any(account.responsive for account in self._accounts.values())

    async def close(self) -> None:
        """End all connections."""
        for account in self._accounts.values():
            await account.close()
