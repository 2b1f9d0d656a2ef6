"""Who is who: from an account on a channel to the member, and back to where to reach him."""

from community.errors import UserError
from community.membership import forgotten
from community.scene import Scene
from storage.queries import counters, people
from storage.tables import Account, Member


def member_for(scene: Scene, *, account: str, name: str = "", card: str = "") -> Member:
    """The member who holds the account; one whom nobody knew yet becomes a member now."""
    session, community_id = scene.session, scene.community_id
    known = session.get(Account, (community_id, account))
    if known is not None:
        known.seen_at = scene.now
        known.name = name or known.name
        member = session.get_one(Member, (community_id, known.member_id))
        if card and card != member.group_nickname:
            member.group_nickname = card
            member.analysis_version = ""  # the index learns the new card at its next tick
        return member
    forgotten.welcome_back(scene, account=account)
    member = Member(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="member"),
        name=name,
        group_nickname=card,
        created_at=scene.now,
        updated_at=scene.now,
    )
    session.add(member)
    session.flush()
    session.add(
        Account(
            community_id=community_id,
            address=account,
            member_id=member.id,
            name=name,
            seen_at=scene.now,
        )
    )
    session.flush()
    return member


def holder_of(scene: Scene, *, account: str, name: str = "") -> Member:
    """The member who holds an account that somebody else speaks of; a new one if need be.

    Raises UserError for somebody who was erased and has not come back by himself.
    """
    known = people.by_account(scene.session, community_id=scene.community_id, account=account)
    if known is None and forgotten.among(scene, accounts=[account]):
        raise UserError("这位要求过不再记录 ta 的任何内容，所以没有记。")
    return known or member_for(scene, account=account, name=name)


def account_in_group(scene: Scene, *, member: Member, group: str) -> Account | None:
    """The account by which the member can be called in the group.

    Where the group's member list is known, the member must sit in it; else any account of that
    channel will do.
    """
    session, community_id = scene.session, scene.community_id
    channel = group.partition(":")[0]
    known = people.is_seated(session, community_id=community_id, group=group)
    for account in people.accounts(session, community_id=community_id, member_id=member.id):
        if account.address.partition(":")[0] != channel:
            continue
        seat = people.seat(session, community_id=community_id, group=group, account=account.address)
        if not known or (seat is not None and seat.left_at is None):
            return account
    return None
