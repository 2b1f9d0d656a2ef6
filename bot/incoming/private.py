"""Which community somebody means who speaks, or wants to speak, to the bot in private."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlmodel import Session

from bot.communities import Communities
from bot.incoming.concerned import with_introduction, with_place
from bot.incoming.named_community import communities_knowing
from community.actions import AnswerRequest, Send, Text, dump_action
from community.errors import UserError
from community.rights import right_to
from community.settings import Settings
from community.updates import FriendRequested, Message
from community.vetting.asides import is_community_name
from community.vetting.states import ASKED, WAITING
from handlers.framework.applications import number_in
from handlers.framework.feature import Call
from storage.queries import communities as queries
from storage.queries.traffic import outbox, subjects
from storage.queries.vetting import applications, vouchers

_OF_ONE = re.compile(r"[#＃]?([MmRrEe])(\d{1,9})(?!\w)")
_LEADERS = ("admin", "operator")
WHICH = "我在几个社群里：{names}。想加入哪个？例如发 #申请 {first}"


def community_of(
    session: Session, message: Message, call: Call | None, communities: Communities
) -> Settings | None:
    """The one that is named or quoted, that waits for this person's words, or that he is in.

    An admin's command goes to the one he leads, whichever he spoke in last. Raises UserError when
    that may be several.

    Somebody whom no community knows can only mean the one there is, and only with a command that
    takes strangers; or the one whose name is all he writes, having been asked for it; or the one
    that has waited for his words in vain.
    """
    account = message.sender.account
    takes_strangers = call is not None and call.command.strangers
    if call is not None and takes_strangers:
        near = communities.reachable_by(account)
        named = next((one for one in communities.named_at_start(call.body) if one in near), None)
        if named is not None:
            return named
    if call is not None and call.command.feature.admin:
        led = _administered(session, message, call, communities)
        if led is not None:
            return communities.by_id[led]
    concerned = with_introduction(session, message, communities)
    concerned = concerned or with_place(session, message, call, communities)
    if concerned is not None:
        return concerned
    known = communities.first_configured(_ids(session, message, call, communities))
    known = known or communities.of(session, message)
    if known is not None:
        return known
    if call is None:
        near = communities.named_in(message.text, account)
        named = next((one for one in near if is_community_name(message.text, one.name)), None)
        ended = applications.communities_of(session, account=account, states=("timed_out",))
        return named or communities.first_configured(ended)
    return communities.only_reachable_by(account) if takes_strangers else None


def ask_which(communities: Communities, account: str) -> str:
    """Asks a stranger which of several communities he means."""
    clubs = [one.name for one in communities.reachable_by(account)]
    return WHICH.format(names="、".join(clubs), first=clubs[0])


def accept_friend(
    session: Session, update: FriendRequested, communities: Communities, *, now: datetime
) -> None:
    """A stranger who may mean any of several communities becomes a contact, and is asked which."""
    account = update.account
    yes = AnswerRequest(kind="friend", account=account, flag=update.flag, approve=True)
    ask = Send(account=account, segments=(Text(text=ask_which(communities, account)),))
    for action in (yes, ask):
        outbox.put(session, lane=action.target, action=dump_action(action), now=now)


def _administered(
    session: Session, message: Message, call: Call, communities: Communities
) -> str | None:
    """The community that an admin's command is for, unless a quote says so or he leads none."""
    account = message.sender.account
    ids = set(communities.owned_by(account))
    ids.update(queries.led_by(session, account=account, roles=_LEADERS))
    ids &= communities.by_id.keys()
    if not ids or message.quoted is not None:
        return None
    _check_number(session, call, ids)
    number, _ = number_in(call.body)
    if len(ids) > 1 and number is not None:
        waiting = applications.where_waiting(session, among=ids, number=number, states=WAITING)
        if len(waiting) > 1:
            raise UserError(f"你管的几个社群都有 #A{number}：请引用那张卡片再发，或到群里发。")
        ids = set(waiting) or ids
    last = communities.of(session, message)
    return last.id if last is not None and last.id in ids else min(ids)


def _check_number(session: Session, call: Call, ids: Collection[str]) -> None:
    """Raises UserError for #移除 M3, #处理 R3 and #取消活动 E3 of somebody who leads several with
    that number.
    """
    found = _OF_ONE.match(call.body)
    if found is None or len(ids) < 2:
        return
    letter, number = found[1].upper(), int(found[2])
    where = queries.with_number(session, among=ids, letter=letter, number=number)
    if len(where) > 1:
        raise UserError(
            f"你管的几个社群都有 {letter}{number}：写上社群的名字，例如 "
            f"#{call.tag} {where[0]} {letter}{number}，或到群里发。"
        )


def _ids(
    session: Session, message: Message, call: Call | None, communities: Communities
) -> Iterator[str]:
    account = message.sender.account
    if message.quoted is not None:
        quoted = message.quoted.message_id
        id_ = subjects.community_of_message(session, lane=account, message_id=quoted)
        yield from () if id_ is None else (id_,)
    if call is None:
        yield from applications.communities_of(session, account=account, states=ASKED)
        yield from vouchers.awaiting(session, account=account)
        yield from applications.communities_of(session, account=account, states=WAITING)
    elif call.command.strangers:
        yield from applications.communities_of(session, account=account)
    elif _asks_for_own_data(call):
        yield from (one.id for one in communities_knowing(session, account, communities))


def _asks_for_own_data(call: Call) -> bool:
    """What is kept of him: an applicant may have it, and have it erased, as anybody else, and
    so may who has just left. All else is for members.
    """
    right = right_to(call.command.feature.name)
    return right.private and right.lowest == "outsider"
