"""Whoever is known to several communities may name the one he means: #撤 老友记 12."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.communities import Communities
from community.settings import Settings
from handlers.framework.feature import Call
from matching import fold
from storage.queries import communities as queries
from storage.queries.vetting import applications

_BETWEEN = " \t\n，,：:\ufe0f"
_NUMBER = re.compile(r"\s*[#＃﹟]?\s*第?\d{1,9}\s?[条号]?[\s，,]+")


def resolve_named(
    session: Session, account: str, call: Call, communities: Communities
) -> tuple[Settings, Call] | None:
    """The community that is named behind the word or the number, and the call without its name.

    It knows the account, or has it in one of its groups.
    """
    if call.bare or call.command.feature.any_text:
        return None
    meant = {
        one.id: rest
        for one in communities.named_at_start(call.body)
        if (rest := _after_name(call.body, one.name)) is not None
    }
    number = _NUMBER.match(call.body) if call.command.number == "alone" else None
    if number is not None and not meant:
        last = communities.named_at_start(call.body[number.end() :])
        meant = {
            one.id: number[0].strip(_BETWEEN)
            for one in last
            if _after_name(call.body[number.end() :], one.name) == ""
        }
    if not meant:
        return None
    known = {one.id for one in communities_knowing(session, account, communities)}
    known.update(queries.with_seat(session, account=account))
    for id_, rest in meant.items():
        if id_ in known:
            return communities.by_id[id_], replace(call, body=rest)
    return None


def communities_knowing(
    session: Session, account: str, communities: Communities
) -> Sequence[Settings]:
    """The communities that know the account, or that it has applied to, or leads."""
    ids = [
        *queries.of_account(session, account=account, members_first=False),
        *applications.communities_of(session, account=account),
        *communities.owned_by(account),
    ]
    return [communities.by_id[id_] for id_ in dict.fromkeys(ids) if id_ in communities.by_id]


def _after_name(body: str, name: str) -> str | None:
    """What stands behind the name, with which the text begins; None: it is part of a word."""
    folded, ends = fold(name), range(1, 2 * len(name) + 1)
    # Signs that nobody sees may make one longer than the other: 老友❤ and 老友❤️.
    end = next((end for end in ends if fold(body[:end]) == folded), len(name))
    rest = body[end:]
    return None if rest[:1].isalpha() else rest.strip(_BETWEEN)
