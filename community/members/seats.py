"""Who sits in which group, and what the community knows its members by there."""

from collections.abc import Collection, Iterable, Sequence

from community.membership import erased_accounts, standing
from community.pool.indexing import index_member
from community.scene import Scene
from community.updates import Seat as Seen
from storage.queries.people import seats as queries
from storage.tables import Group, Member, Seat


def apply_changes(
    scene: Scene, *, group: str, seen: Sequence[Seen], left: Collection[str], complete: bool
) -> None:
    """Take over what the platform tells of a group.

    After a complete list whoever is not in it has left; he stays a member all the same. An empty
    list is a platform in trouble: the bot itself would have to be in it. Of those who were erased
    nothing is kept.
    """
    erased = erased_accounts.among(scene, accounts={seat.account for seat in seen})
    seen = [seat for seat in seen if seat.account not in erased]
    known = queries.of_group(scene.session, community_id=scene.community_id, group=group)
    gone = {account for account in left if account in known and not known[account].left_at}
    if complete and (seen or erased):
        present = {account for account, seat in known.items() if not seat.left_at}
        gone |= present - {seat.account for seat in seen}
        scene.session.get_one(Group, (scene.community_id, group)).synced_at = scene.now
    for account in gone:
        known[account].left_at = scene.now
    news = [seat for seat in seen if _is_news(known.get(seat.account), seat)]
    for seat in seen:
        _save(scene, group, known.get(seat.account), seat)
    scene.session.flush()
    _rename(scene, news)


def _is_news(old: Seat | None, new: Seen) -> bool:
    """Somebody came, came back, or wears another card."""
    return old is None or old.left_at is not None or old.card != new.card


def _save(scene: Scene, group: str, old: Seat | None, new: Seen) -> None:
    """A seat that is as it was is not written again: lists are long and come often."""
    if old is not None and not old.left_at and _same(old, new):
        return
    if old is None:
        old = Seat(
            community_id=scene.community_id,
            group_address=group,
            account=new.account,
            seen_at=scene.now,
        )
        scene.session.add(old)
    old.name, old.card, old.role = new.name, new.card, new.role
    old.seen_at, old.left_at = scene.now, None


def _same(old: Seat, new: Seen) -> bool:
    return (old.name, old.card, old.role) == (new.name, new.card, new.role)


def _rename(scene: Scene, news: Iterable[Seen]) -> None:
    """Members are known by the card they wear; whoever takes a seat is with us again."""
    cards = {seat.account: seat.card for seat in news}
    for account, member in _holders(scene, cards):
        nickname = cards[account] or member.group_nickname
        if nickname != member.group_nickname or not member.active:
            member.group_nickname = nickname
            member.active = not standing.is_out(scene, member=member)
            _changed(scene, member)


def _holders(scene: Scene, accounts: Collection[str]) -> list[tuple[str, Member]]:
    found = queries.holders(scene.session, community_id=scene.community_id, accounts=accounts)
    return sorted(found.items())


def _changed(scene: Scene, member: Member) -> None:
    member.updated_at = scene.now
    index_member(scene.session, scene.analyser, member)
