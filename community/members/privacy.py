"""What members see of each other: the one rule for the pages, the directory and the chat.

Who is not listed is found by nobody and has no card for others; his posts stay, under his name.
A company that is not shown is not found by either: community/pool/indexing.py leaves it out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community.errors import UserError
from community.mailing.preferences import get_or_create_preference
from community.membership.history import note
from community.pool.indexing import index_member
from community.scene import Scene
from storage.queries.web import preferences as queries
from storage.tables import Member, Preference

_BY_COMPANY = "（公司）"  # how matching marks where it has found a word
LONGEST_CONTACT = 200  # characters


@dataclass(frozen=True)
class Privacy:
    """What a member lets others see. The contact is in his own words."""

    listed: bool = True
    shows_company: bool = True
    shows_contact: bool = False
    contact: str = ""


@dataclass(frozen=True)
class Seen:
    """A member as another one reads him, or as he reads himself."""

    id: int
    shown: str
    name: str
    group_nickname: str
    company: str
    title: str
    city: str
    industry: str
    skills: Sequence[str]
    gives: str
    seeks: str
    bio: str
    contact: str
    listed: bool
    has_card: bool  # for the viewer

    @property
    def brief(self) -> str:
        """What tells him from his namesakes."""
        return " · ".join(part for part in (self.company, self.title, self.city) if part)


def of(scene: Scene, *, member: Member) -> Privacy:
    """What the member chose, or the defaults."""
    row = queries.get(scene.session, community_id=scene.community_id, member_id=member.id)
    return _read(row)


def choose(scene: Scene, *, member: Member, chosen: Privacy) -> bool:
    """Store what the member chooses; False: it was so already. Raises UserError."""
    contact = "\n".join(line.strip() for line in chosen.contact.strip().splitlines())
    if len(contact) > LONGEST_CONTACT:
        over = len(contact) - LONGEST_CONTACT
        raise UserError(f"联系方式最多 {LONGEST_CONTACT} 字，超出 {over} 字。")
    if chosen.shows_contact and not contact:
        raise UserError("要公开联系方式，先写上怎么联系你。")
    before = of(scene, member=member)
    after = Privacy(chosen.listed, chosen.shows_company, chosen.shows_contact, contact)
    if before == after:
        return False
    row = get_or_create_preference(scene, member=member)
    row.listed, row.shows_company = after.listed, after.shows_company
    row.shows_contact, row.contact = after.shows_contact, after.contact
    scene.session.flush()
    if before.shows_company != after.shows_company:
        index_member(scene.session, scene.analyser, member)
    changed = [name for name in vars(after) if getattr(before, name) != getattr(after, name)]
    note(scene, member_id=member.id, verb="privacy", actor=member, fields=changed)
    return True


def merge(scene: Scene, *, keep: Member, gone: Member) -> None:
    """Two who turn out to be one person: what one of them would rather not show, neither does."""
    theirs = queries.get(scene.session, community_id=scene.community_id, member_id=gone.id)
    mine = queries.get(scene.session, community_id=scene.community_id, member_id=keep.id)
    if theirs is None or mine is None:  # a row alone is handed over as it is
        return
    mine.listed = mine.listed and theirs.listed
    mine.shows_company = mine.shows_company and theirs.shows_company
    if not mine.contact:
        mine.contact, mine.shows_contact = theirs.contact, theirs.shows_contact


def seen(scene: Scene, *, member: Member, viewer: Member | None) -> Seen:
    """The member as the viewer reads him; no viewer: as all others do."""
    return seen_all(scene, members=[member], viewer=viewer)[0]


def seen_all(scene: Scene, *, members: Sequence[Member], viewer: Member | None) -> list[Seen]:
    """Each of the members as the viewer reads him."""
    chosen = queries.of_members(
        scene.session, community_id=scene.community_id, ids=[one.id for one in members]
    )
    own = None if viewer is None else viewer.id
    return [_seen(one, _read(chosen.get(one.id)), own=one.id == own) for one in members]


def unlisted(scene: Scene, *, ids: Collection[int], viewer: Member | None = None) -> set[int]:
    """Those of the members whom the viewer does not find; no viewer: whom all others do not."""
    hidden = queries.unlisted(scene.session, community_id=scene.community_id, ids=ids)
    return hidden if viewer is None else hidden - {viewer.id}


def told(reasons: Sequence[str], *, seen: Seen, member: Member) -> list[str]:
    """Reasons that were kept before the member hid his company, without what tells of it."""
    if seen.company or not member.company:
        return list(reasons)
    return [one for one in reasons if _BY_COMPANY not in one]


def _read(row: Preference | None) -> Privacy:
    if row is None:
        return Privacy()
    return Privacy(row.listed, row.shows_company, row.shows_contact, row.contact)


def _seen(member: Member, chosen: Privacy, *, own: bool) -> Seen:
    hidden = "" if own or chosen.shows_company else member.company
    return Seen(
        id=member.id,
        shown=member.shown,
        name=member.name,
        group_nickname="" if hidden and hidden in member.group_nickname else member.group_nickname,
        company="" if hidden else member.company,
        title=member.title,
        city=member.city,
        industry=member.industry,
        skills=tuple(member.skills),
        gives=member.gives,
        seeks=member.seeks,
        bio=member.bio,
        contact=chosen.contact if own or chosen.shows_contact else "",
        listed=chosen.listed,
        has_card=own or chosen.listed,
    )
