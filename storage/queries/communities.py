"""Communities and their groups."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, bindparam, func, or_
from sqlalchemy import select as rows
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.queries import direct, regrouping
from storage.queries.people.joins import on_member
from storage.tables import Account, Community, Event, Member, Membership, Report, Seat, Table

_LOCKED = "locked_communities"
_LETTERS: Mapping[str, type[Member | Report | Event]] = {"M": Member, "R": Report, "E": Event}


class OutOfOrderError(Exception):
    """A community was to be locked after one that stands behind it: somebody who wants both in
    their order might wait for us while we wait for him. ``ids``: all that are wanted.
    """

    def __init__(self, ids: frozenset[str]) -> None:
        super().__init__(ids)
        self.ids = ids


def lock(session: Session, *, community_id: str) -> Mapping[str, Any]:
    """Make this transaction the only one that writes in the community until it ends.

    Numbers, budgets and duplicates are then checked and used without a race. SQLite has one
    writer anyway and ignores it. Gives what the community has chosen on the web. Raises
    OutOfOrderError.
    """
    held = session.info.setdefault(_LOCKED, set())
    if community_id not in held and any(one > community_id for one in held):
        raise OutOfOrderError(frozenset({*held, community_id}))
    held.add(community_id)
    chosen: Mapping[str, Any] = direct.run(session, _lock(), {"id": community_id}).scalar_one()
    return chosen


def chosen(session: Session, *, community_id: str) -> Mapping[str, Any]:
    """What the community has chosen on the web, without keeping others from writing."""
    return direct.run(session, _chosen(), {"id": community_id}).scalar_one_or_none() or {}


def choose(session: Session, *, community_id: str, values: Mapping[str, Any]) -> None:
    """Keep these choices in place of the former ones."""
    session.get_one(Community, community_id).chosen = dict(values)


@cache
def _lock() -> Select[Any]:
    return _chosen().with_for_update()


@cache
def _chosen() -> Select[Any]:
    row = Table.metadata.tables["community"].c
    return rows(row.chosen).where(row.id == bindparam("id"))


def ensure(
    session: Session, *, community_id: str, name: str, groups: Iterable[str], now: datetime
) -> None:
    """Store the community and its groups as the configuration has them.

    A group that belonged to another community comes to this one, and who sat in it is asked anew.
    Processes that start at once do this at once.
    """
    dialect, connection = session.get_bind().dialect.name, session.connection()
    row = {"id": community_id, "name": name, "chosen": {}, "created_at": now}
    connection.execute(_keep(dialect), row)
    known = [{"community_id": community_id, "address": address} for address in groups]
    addresses = [one["address"] for one in known]
    regrouping.let_go(session, community_id=community_id, groups=addresses, now=now)
    if known:
        regrouping.take_over(session, community_id=community_id, groups=addresses)
        connection.execute(_know(dialect), known)


@cache
def _keep(dialect: str) -> Insert:
    new = _new(dialect, "community")
    return new.on_conflict_do_update(index_elements=["id"], set_={"name": new.excluded.name})


@cache
def _know(dialect: str) -> Insert:
    return _new(dialect, "chat_group").on_conflict_do_nothing()


def _new(dialect: str, table: str) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(Table.metadata.tables[table])


def of_account(session: Session, *, account: str, members_first: bool = True) -> list[str]:
    """Ids of the communities that know the account, the one it was last active in first.

    With ``members_first``, those whose member its holder is no more come last.
    """
    statement = (
        select(Account.community_id)
        .join(Member, on_member(Account))
        .where(Account.address == account)
        .order_by(
            *((col(Member.active).desc(),) if members_first else ()),
            col(Account.seen_at).desc().nulls_last(),
            col(Account.community_id),
        )
    )
    return list(session.exec(statement))


def shared(session: Session, *, accounts: Collection[str]) -> set[str]:
    """Those of the accounts that several communities know."""
    if not accounts:
        return set()
    return set(direct.run(session, _shared(), {"accounts": list(accounts)}).scalars())


@cache
def _shared() -> Select[Any]:
    row = Table.metadata.tables["account"].c
    known = rows(row.address).where(row.address.in_(bindparam("accounts", expanding=True)))
    return known.group_by(row.address).having(func.count() > 1)


def led_by(session: Session, *, account: str, roles: Collection[str]) -> list[str]:
    """Ids of the communities in which the holder of the account has one of the roles."""
    statement = (
        select(Account.community_id)
        .join(
            Membership,
            (col(Membership.community_id) == Account.community_id)
            & (col(Membership.member_id) == Account.member_id),
        )
        .where(
            Account.address == account,
            Membership.state == "active",
            col(Membership.role).in_(roles),
        )
    )
    return list(session.exec(statement))


def with_seat(session: Session, *, account: str) -> list[str]:
    """Ids of the communities in one of whose groups the account sits now."""
    statement = (
        select(Seat.community_id)
        .where(Seat.account == account, col(Seat.left_at).is_(None))
        .distinct()
        .order_by(col(Seat.community_id))
    )
    return list(session.exec(statement))


def with_number(session: Session, *, among: Collection[str], letter: str, number: int) -> list[str]:
    """Names of those communities that have a member (M), an open report (R), or an event (E), of
    the number.
    """
    table = _LETTERS[letter]
    statement = (
        select(Community.name)
        .join(table, col(table.community_id) == Community.id)
        .where(col(Community.id).in_(among), col(table.id) == number)
        .order_by(col(Community.id))
    )
    if letter == "R":
        statement = statement.where(Report.state == "open")
    return list(session.exec(statement))


def sizes(session: Session, *, playing: Collection[str]) -> dict[str, int]:
    """How many members each community has that has any; nobody with an account on a channel that
    is ``playing``.
    """
    addresses = (col(Account.address).startswith(f"{channel}:") for channel in playing)
    plays = select(Account.address).where(on_member(Account), or_(*addresses)).exists()
    statement = (
        select(Member.community_id, func.count())
        .where(col(Member.active), ~plays)
        .group_by(col(Member.community_id))
        .order_by(col(Member.community_id))
    )
    return dict(session.exec(statement).all())


def exists(session: Session, *, community_id: str) -> bool:
    """The community has been stored."""
    return session.get(Community, community_id) is not None
