"""Which community private words are about, where a wrong one would do harm."""

from sqlmodel import Session

from bot.communities import Communities
from community.errors import UserError
from community.introductions import answers
from community.settings import Settings
from community.updates import Message
from handlers.framework import events
from handlers.framework.feature import Call
from storage.queries.events import registrations
from storage.queries.people import introductions

_OF_HIS_PLACE = frozenset({"confirm", "review", "sign_off"})


def with_introduction(
    session: Session, message: Message, communities: Communities
) -> Settings | None:
    """The community whose introduction the person speaks of: a yes in the wrong one would tell a
    stranger how to reach him. Raises UserError when that may be several.
    """
    answer = answers.read(message.text.lstrip("#＃ "))
    if answer is None:
        return None
    account, quoted = message.sender.account, message.quoted
    seen = "" if quoted is None or quoted.account != message.channel else quoted.text
    number = answer.number or answers.number_of(seen)
    if number is not None:
        ids = introductions.communities_with(session, account=account, number=number)
    else:
        ids = introductions.communities_awaiting(
            session, account=account, outcome=answer.is_outcome
        )
    found = [communities.by_id[id_] for id_ in ids if id_ in communities.by_id]
    found = [one for one in found if seen.startswith(f"「{one.name}」")] or found
    if len(found) > 1:
        which = "等你回答的引荐" if number is None else f" I{number}"
        raise UserError(
            f"你在的几个社群都有{which}：写上社群的名字和编号，"
            f"例如 {answer.command(number or 3, found[0].name)}"
        )
    return found[0] if found else None


def with_place(
    session: Session, message: Message, call: Call | None, communities: Communities
) -> Settings | None:
    """The community at whose event the person has the place that he speaks of: #取消报名 E3 in
    another one would cost him his seat there. Raises UserError when that may be several.
    """
    if call is None or call.command.feature.name not in _OF_HIS_PLACE or message.quoted is not None:
        return None
    number, rest = events.number_in(call.body)
    if number is None or (call.command.prose and not rest):
        return None
    ids = registrations.communities_with(session, account=message.sender.account, event_id=number)
    found = [communities.by_id[id_] for id_ in ids if id_ in communities.by_id]
    if len(found) > 1:
        raise UserError(
            f"你在的几个社群都有 E{number}：写上社群的名字，"
            f"例如 #{call.tag} {found[0].name} E{number}。"
        )
    return found[0] if found else None
