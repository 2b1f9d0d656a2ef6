"""One person, several accounts: a code from one of them makes the other his as well."""

from dataclasses import dataclass
from datetime import timedelta

from community.anonymity import authors
from community.errors import UserError
from community.events import seating
from community.members import privacy
from community.members.profiles import FIELDS
from community.membership import codes, standing
from community.membership.history import note
from community.notices import tell
from community.pool.indexing import MEMBER_SHELF, index_member
from community.rights import ROLES
from community.scene import Scene
from matching import fold
from storage.queries.people import codes as code_rows
from storage.queries.people import erasing, memberships, merging, people, personal
from storage.queries.pool import postings
from storage.tables import Code, Member, Membership

MOST_TRIES = 5
LOCKED = timedelta(hours=1)


@dataclass(frozen=True)
class Linked:
    """What became of a code."""

    member: Member | None  # who the person is from now on; None: the code was wrong
    tries_left: int = MOST_TRIES


def offer(scene: Scene, *, member: Member) -> str:
    """A code for the person's other account."""
    return codes.issue(scene, member=member, purpose="link")


def offer_for(scene: Scene, *, member: Member, actor: Member) -> str:
    """A code for somebody who has lost his account; ``actor`` vouches that it is he."""
    note(scene, member_id=member.id, verb="link_code", actor=actor)
    return offer(scene, member=member)


def cancel(scene: Scene, *, code: str) -> bool:
    """The code is worth nothing any more; False: it never was, or is not now."""
    holder = codes.holder(scene, code=code, purpose="link")
    if holder is not None:
        codes.consume(scene, member_id=holder, purpose="link")
    return holder is not None


def link(scene: Scene, *, member: Member, code: str) -> Linked:
    """The member proves to be the one who has the code, and becomes one with him.

    A wrong code is counted, so the caller must not undo it. Raises UserError when there were too
    many, or when one of the two may not be merged.
    """
    guesses = _guesses(scene, member)
    if guesses.tries >= MOST_TRIES:
        raise UserError("输错太多次了，一小时后再试。")
    holder = codes.holder(scene, code=code, purpose="link")
    if holder is None:
        guesses.tries += 1
        return Linked(None, MOST_TRIES - guesses.tries)
    if holder == member.id:
        raise UserError("验证码要在你的另一个账号上发，不是这个。")
    keep = scene.session.get_one(Member, (scene.community_id, holder))
    if standing.is_out(scene, member=keep) or standing.is_out(scene, member=member):
        raise UserError("其中一个账号已经不是成员，不能绑定。请联系管理员。")
    codes.consume(scene, member_id=holder, purpose="link")
    text = "你的另一个账号绑定好了，以后两边是同一个人。不是你做的？马上联系管理员。"
    tell(scene, member=keep, text=text)
    merge(scene, keep=keep, gone=member)
    return Linked(keep)


def merge(scene: Scene, *, keep: Member, gone: Member) -> None:
    """Everything of ``gone`` is of ``keep`` from now on: posts, thanks, budgets, standing."""
    session, community_id = scene.session, scene.community_id
    number = gone.id
    _fill_in(keep, gone)
    _join(scene, keep, gone)
    privacy.merge(scene, keep=keep, gone=gone)
    postings.remove(session, community_id=community_id, shelf=MEMBER_SHELF, item_id=number)
    session.flush()
    shared = seating.join(scene, keep=keep, gone=gone)
    authors.hand_over(scene, keep=keep, gone=gone)
    merging.hand_over(session, community_id=community_id, old=number, new=keep.id)
    merging.drop_own_thanks(session, community_id=community_id, member_id=keep.id)
    merging.drop_own_links(session, community_id=community_id, member_id=keep.id)
    merging.drop_double_links(session, community_id=community_id, member_id=keep.id)
    merging.drop_double_labels(session, community_id=community_id, member_id=keep.id)
    merging.drop_own_introductions(session, community_id=community_id, member_id=keep.id)
    erasing.forget_member(session, member=gone)
    session.expunge(gone)
    session.expire_all()
    _drop_double_follows(scene, keep)
    for event in shared:
        seating.pass_on(scene, event)
    keep.updated_at = scene.now
    index_member(session, scene.analyser, keep)
    note(scene, member_id=keep.id, verb="link", actor=keep, was=number)


def _guesses(scene: Scene, member: Member) -> Code:
    """How often the member was wrong lately."""
    row = code_rows.get(
        scene.session, community_id=scene.community_id, member_id=member.id, purpose="guess"
    )
    if row is None:
        row = Code(
            community_id=scene.community_id, member_id=member.id, purpose="guess",
            expires_at=scene.now + LOCKED,
        )  # fmt: skip
        scene.session.add(row)
    elif row.expires_at <= scene.now:
        row.tries, row.expires_at = 0, scene.now + LOCKED
    return row


def _fill_in(keep: Member, gone: Member) -> None:
    """What the one has not filled in is taken from the other."""
    keep.own = [name for name in FIELDS if _is_own(keep, gone, name)]
    for name, field in FIELDS.items():
        mine, theirs = getattr(keep, name), getattr(gone, name)
        if field.entries:
            both = dict.fromkeys([*mine, *theirs])
            setattr(keep, name, list(both)[: field.entries])
        elif not mine:
            setattr(keep, name, theirs)
    keep.group_nickname = keep.group_nickname or gone.group_nickname
    keep.muted = keep.muted or gone.muted
    keep.created_at = min(keep.created_at, gone.created_at)


def _is_own(keep: Member, gone: Member, name: str) -> bool:
    """Who set himself what will stand in the field; of lists both are part of it."""
    stands = getattr(keep, name) or getattr(gone, name)
    return any(
        name in one.own and (FIELDS[name].entries or getattr(one, name) == stands)
        for one in (keep, gone)
    )


def _join(scene: Scene, keep: Member, gone: Member) -> None:
    """The better of both standings; the row of ``gone`` goes with him."""
    theirs = memberships.get(scene.session, community_id=scene.community_id, member_id=gone.id)
    if theirs is None:
        return
    mine = standing.of(scene, member=keep)
    mine.role = min(mine.role, theirs.role, key=[str(role) for role in ROLES].index)
    version = scene.settings.terms.covenant.version
    if version and theirs.covenant == version != mine.covenant:
        mine.covenant, mine.covenant_at = theirs.covenant, theirs.covenant_at
    if theirs.paid_until and (mine.paid_until is None or mine.paid_until < theirs.paid_until):
        mine.paid_until, mine.dues_at = theirs.paid_until, theirs.dues_at
    _join_probation(mine, theirs)


def _join_probation(mine: Membership, theirs: Membership) -> None:
    mine.attended_at = mine.attended_at or theirs.attended_at
    if mine.attended_at is not None:
        mine.probation_at = None
    elif mine.probation_from is None:
        mine.probation_from, mine.probation_at = theirs.probation_from, theirs.probation_at


def _drop_double_follows(scene: Scene, keep: Member) -> None:
    seen: set[str] = set()
    for follow in personal.follows(scene.session, member=keep):
        word = fold(follow.keyword)
        if word in seen:
            scene.session.delete(follow)
        seen.add(word)


def accounts(scene: Scene, *, member: Member) -> list[str]:
    """The member's accounts, the one last used first."""
    held = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    return [account.address for account in held]
