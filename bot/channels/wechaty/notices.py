"""Comings, goings and friend requests as updates. Pure."""

from datetime import datetime

from bot.channels.untrusted import Fields, as_text
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.messages import key
from bot.channels.wechaty.values import as_id, as_name, as_time
from community.updates import FriendRequested, MemberJoined, MemberLeft, Seat

RECEIVED = 2  # the kind of friendship that is a request to the account
_LONGEST_FLAG = 128


def joined(
    event: Fields, seat: Seat, group: str, accounts: Accounts, now: datetime
) -> MemberJoined:
    """Somebody has come in."""
    time = as_time(event.get("timestamp")) or now
    return MemberJoined(
        channel=accounts.address,
        key=key("join", group, seat.account, str(int(time.timestamp()))),
        time=time,
        group=group,
        seat=seat,
        by=_by(event.get("inviterId"), accounts),
    )


def left(event: Fields, account: str, group: str, accounts: Accounts, now: datetime) -> MemberLeft:
    """Somebody is gone. WeChat tells it to the owner of a group alone."""
    time = as_time(event.get("timestamp")) or now
    return MemberLeft(
        channel=accounts.address,
        key=key("leave", group, account, str(int(time.timestamp()))),
        time=time,
        group=group,
        account=account,
        by=_by(event.get("removerId"), accounts) or account,
    )


def asked(
    flag: str, request: Fields, name: str, accounts: Accounts, now: datetime
) -> FriendRequested | None:
    """Somebody wants to be a friend; None for other news about a friendship."""
    contact = as_id(request.get("from"))
    if request.get("type") != RECEIVED or not contact or not 0 < len(flag) <= _LONGEST_FLAG:
        return None
    return FriendRequested(
        channel=accounts.address,
        key=key("friend", flag),
        time=now,
        account=accounts.of(contact),
        name=as_name(name),
        comment=as_text(request.get("hello")).strip(),
        flag=flag,
    )


def _by(value: object, accounts: Accounts) -> str:
    contact = as_id(value)
    return accounts.of(contact) if contact else ""
