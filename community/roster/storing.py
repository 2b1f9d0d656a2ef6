"""Reading the members that a plan is made for, and carrying the plan out."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from community.membership import blacklist
from community.pool.indexing import index_members
from community.roster.columns import FIELDS, LISTS
from community.roster.entries import Value
from community.roster.planning import Change, Known, Plan
from matching import Analyser
from storage.queries import audit, counters
from storage.queries.people import members, memberships, people
from storage.tables import Account, Member

_AT_ONCE = 1_000


def known(session: Session, *, community_id: str) -> list[Known]:
    """All members of the community."""
    accounts: dict[int, set[str]] = defaultdict(set)
    for account in people.all_accounts(session, community_id=community_id):
        accounts[account.member_id].add(account.address)
    return [
        Known(member.id, frozenset(accounts[member.id]), _values(member), frozenset(member.own))
        for member in members.everyone(session, community_id=community_id)
    ]


def apply(session: Session, *, community_id: str, plan: Plan, now: datetime) -> list[int]:
    """Store what the plan says; gives the ids of the members that have to be analysed."""
    inside = _come_inside(session, community_id, plan)
    new, updates = plan.of_kind("new"), plan.of_kind("update")
    if not new and not updates:
        return inside
    first = counters.take(session, community_id=community_id, name="member", count=len(new))
    fresh = [
        Member(community_id=community_id, id=id_, created_at=now, updated_at=now)
        for id_ in range(first, first + len(new))
    ]
    held = _load(session, community_id, [change.member_id or 0 for change in updates])
    changed = [*zip(held, updates, strict=True), *zip(fresh, new, strict=True)]
    for member, change in changed:
        _write(member, change, now)
    session.add_all(fresh)
    session.flush()
    session.add_all(
        Account(community_id=community_id, address=address, member_id=member.id)
        for member, change in changed
        for address in change.accounts
    )
    for member, change in changed:
        if change.accounts:
            blacklist.know_again(session, member=member, accounts=change.accounts)
    audit.add(
        session,
        community_id=community_id,
        at=now,
        verb="import",
        subject="community",
        subject_id=0,
        detail={"new": len(new), "updated": len(updates)},
    )
    behind = [member.id for member, change in changed if not member.analysis_version]
    return list(dict.fromkeys([*inside, *behind]))


def index(session: Session, *, community_id: str, ids: Sequence[int], analyser: Analyser) -> None:
    """Make imported members searchable, unless the running bot has done it meanwhile."""
    found = members.by_ids(session, community_id=community_id, ids=list(ids))
    behind = [member for member in found if member.analysis_version != analyser.version]
    index_members(session, analyser, behind)


def _come_inside(session: Session, community_id: str, plan: Plan) -> list[int]:
    """Whoever only applied, and is on the roster, is a member as the others on it."""
    named = {change.member_id for change in plan.changes}
    outside = memberships.of_state(session, community_id=community_id, state="outside")
    found = [member for member in outside if member.id in named]
    for member in found:
        row = memberships.ensure(session, community_id=community_id, member_id=member.id)
        row.state, member.active, member.analysis_version = "active", True, ""
    return [member.id for member in found]


def _load(session: Session, community_id: str, ids: list[int]) -> list[Member]:
    """The members in the order of the ids, however many: a statement takes only so many."""
    return [
        member
        for start in range(0, len(ids), _AT_ONCE)
        for member in members.by_ids(
            session, community_id=community_id, ids=ids[start : start + _AT_ONCE]
        )
    ]


def _write(member: Member, change: Change, now: datetime) -> None:
    for name, (_, value) in change.fields.items():
        setattr(member, name, list(value) if name in LISTS else value)
    if change.fields:
        member.own = [name for name in member.own if name not in change.fields]
        member.analysis_version = ""  # whatever happens next, it will be analysed again
    member.updated_at = now


def _values(member: Member) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name in FIELDS
        if (value := getattr(member, name))
    }
