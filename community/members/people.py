"""Who is who: from an account on a channel to the member, and back to where to reach him."""

from collections.abc import Collection

from community.errors import UserError
from community.membership import blacklist, erased_accounts
from community.scene import Scene
from storage.queries import communities, counters
from storage.queries.people import members, people
from storage.tables import Account, Member


def get_or_create_member(scene: Scene, *, account: str, name: str = "", card: str = "") -> Member:
    """The member who holds the account; one whom nobody knew yet becomes a member now."""
    session, community_id = scene.session, scene.community_id
    known = people.touch(
        session, community_id=community_id, account=account, name=name, now=scene.now
    )
    if known is not None:
        [member] = members.by_ids(session, community_id=community_id, ids=[known], lean=True)
        if card and card != member.group_nickname:
            member.group_nickname = card
            member.analysis_version = ""  # the index learns the new card at its next tick
        return member
    erased_accounts.allow_again(scene, account=account)
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
    blacklist.know_again(session, member=member, accounts=[account])
    session.flush()
    return member


def by_account(scene: Scene, *, account: str) -> Member | None:
    """The member who holds the account, if anybody does."""
    return people.by_account(scene.session, community_id=scene.community_id, account=account)


def get_or_create_holder(scene: Scene, *, account: str, name: str = "") -> Member:
    """The member who holds an account that somebody else speaks of; a new one if need be.

    Raises UserError for somebody who was erased and has not come back by himself.
    """
    known = by_account(scene, account=account)
    if known is None and erased_accounts.among(scene, accounts=[account]):
        raise UserError("这位要求过不再记录 ta 的任何内容，所以没有记。")
    return known or get_or_create_member(scene, account=account, name=name)


def in_several(scene: Scene, *, accounts: Collection[str]) -> set[str]:
    """Those of the accounts whose holders are known in other communities, too."""
    return communities.shared(scene.session, accounts=accounts)


def account_in_group(scene: Scene, *, member: Member, group: str) -> str | None:
    """The account by which the member can be called in the group."""
    return accounts_in_group(scene, ids=[member.id], group=group).get(member.id)


def accounts_in_group(scene: Scene, *, ids: Collection[int], group: str) -> dict[int, str]:
    """The account by which each of the members can be called in the group, if he can.

    Where the group's member list is known, the member must sit in it; else any account of that
    channel will do. Of several the one last used.
    """
    channel, found = group.partition(":")[0], dict[int, str]()
    for member_id, account in people.reachable(
        scene.session, community_id=scene.community_id, member_ids=ids, group=group
    ):
        if account.partition(":")[0] == channel:
            found.setdefault(member_id, account)
    return found
