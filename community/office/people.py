"""Members as admins look at them: the list, and everything about one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from community.errors import UserError
from community.membership import blacklist, reports, roles
from community.membership.roles import GIVEN
from community.membership.wording import ROLES
from community.office.history import Entry, in_words
from community.rights import Role, may, role_of
from community.scene import Scene
from community.vetting import cards
from community.wording import channel_name
from storage.queries import audit
from storage.queries.people import memberships, people, personal
from storage.queries.people import reports as report_queries
from storage.queries.pool import listing
from storage.queries.vetting import applications
from storage.tables import Application, Member, Membership

PAGE: Final = 50
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "active": "在",
        "ended": "已退出",
        "removed": "被移出",
        "barred": "黑名单",
        "outside": "只申请过",
    }
)
_UPHELD: Final = {"open": "还没处理", "upheld": "成立", "dismissed": "不成立"}
_MOST = 50  # entries of a history


@dataclass(frozen=True)
class Line:
    """A member in the list."""

    member: Member
    role: str
    state: str


@dataclass(frozen=True)
class Page:
    """Some of the members."""

    lines: Sequence[Line]
    total: int | None  # told on the first page; counting takes longer than all else
    newer: int  # the number in front of which the page before ends; 0: there is none
    older: int  # the number behind which the next page begins


@dataclass(frozen=True)
class Reported:
    """A report about the member, without who made it."""

    text: str
    state: str
    answer: str


@dataclass(frozen=True)
class Person:
    """Everything about one member."""

    member: Member
    role: Role
    state: str
    reason: str
    channels: Sequence[str]
    seen_at: datetime | None
    groups: int
    applications: Sequence[tuple[Application, str]]
    reports: Sequence[Reported]
    history: Sequence[Entry]
    given: Sequence[Role]  # roles that the visitor may give
    untouchable: str  # why the visitor may not decide about him; empty: he may


def page(
    scene: Scene, *, words: str = "", role: str = "", state: str = "", city: str = "",
    before: int = 0, after: int = 0,
) -> Page:  # fmt: skip
    """The members that fit, the latest who came first; those behind or in front of a number."""
    wanted = listing.WantedMembers(
        words=words.strip(), role=role if role in ROLES else "",
        state=state if state in STATES else "", city=city.strip(), owners=scene.settings.admins,
    )  # fmt: skip
    if before or after:
        found = _rows(scene, wanted, before=before, after=after)
        if after and len(found) > PAGE:
            lines = _lines(scene, found[1:])
            return Page(lines, None, newer=lines[0].member.id, older=lines[-1].member.id)
        if before and found:
            lines = _lines(scene, found[:PAGE])
            return Page(lines, None, newer=lines[0].member.id, older=_older(found))
    found = _rows(scene, wanted)
    total = listing.count_members(scene.session, community_id=scene.community_id, wanted=wanted)
    return Page(_lines(scene, found[:PAGE]), total, newer=0, older=_older(found))


def _rows(
    scene: Scene, wanted: listing.WantedMembers, *, before: int = 0, after: int = 0
) -> list[listing.Row]:
    """Those of a page, and one more if there is one."""
    return listing.members(
        scene.session, community_id=scene.community_id, wanted=wanted, before=before or None,
        after=after or None, limit=PAGE + 1,
    )  # fmt: skip


def _older(found: Sequence[listing.Row]) -> int:
    return found[PAGE - 1][0].id if len(found) > PAGE else 0


def _lines(scene: Scene, rows: Sequence[listing.Row]) -> list[Line]:
    session, here, owners = scene.session, scene.community_id, scene.settings.admins
    ids = [member.id for member, _ in rows]
    owning = listing.owners_among(session, community_id=here, ids=ids, owners=owners)
    barred = listing.barred_among(session, community_id=here, ids=ids)
    return [
        Line(member, _role(member, row, owning), _state(row, is_barred=member.id in barred))
        for member, row in rows
    ]


def person(scene: Scene, *, member: Member, viewer: Member) -> Person:
    """One of them, as the viewer may see and change him."""
    session, here = scene.session, scene.community_id
    held = people.accounts(session, community_id=here, member_id=member.id)
    row = memberships.get(session, community_id=here, member_id=member.id)
    addresses = [one.address for one in held]
    seats = personal.seats(session, member=member, accounts=addresses)
    is_barred = blacklist.is_barred(session, member)
    return Person(
        member=member,
        role=role_of(scene, member),
        state=_state(row, is_barred=is_barred),
        reason="" if row is None else row.reason,
        channels=list(dict.fromkeys(channel_name(one) for one in addresses)),
        seen_at=max((one.seen_at for one in held if one.seen_at), default=None),
        groups=sum(seat.left_at is None for seat in seats),
        applications=_applications(scene, member, addresses),
        reports=_reports(scene, member, viewer),
        history=_history(scene, member),
        given=[one for one in GIVEN if one != "admin" or may(scene, viewer, "role.admin")],
        untouchable=_untouchable(scene, viewer, member),
    )


def find(scene: Scene, number: int) -> Member | None:
    """The member of that number; the one who stands for the erased is none."""
    member = scene.session.get(Member, (scene.community_id, number))
    row = memberships.get(scene.session, community_id=scene.community_id, member_id=number)
    return None if row is not None and row.state == memberships.NOBODY else member


def _role(member: Member, row: Membership | None, owning: set[int]) -> str:
    if member.id in owning:
        return ROLES["owner"]
    return ROLES["member" if row is None else row.role]


def _state(row: Membership | None, *, is_barred: bool) -> str:
    state = "barred" if is_barred else "active" if row is None else row.state
    return STATES.get(state, state)


def _applications(
    scene: Scene, member: Member, addresses: Sequence[str]
) -> list[tuple[Application, str]]:
    found: dict[int, Application] = {}
    for account in addresses or [""]:
        sent = applications.by_applicant(
            scene.session, community_id=scene.community_id, account=account, member_id=member.id
        )
        found |= {one.id: one for one in sent if one.state != "draft"}
    return [(found[id_], cards.STATES[found[id_].state]) for id_ in sorted(found, reverse=True)]


def _reports(scene: Scene, member: Member, viewer: Member) -> list[Reported]:
    """Whom they are about hears of the decision; the words would tell him who made them."""
    if viewer.id == member.id:
        return []
    made = report_queries.about(scene.session, member=member, limit=_MOST)
    return [
        Reported(reports.card(scene, one), _UPHELD.get(one.state, one.state), one.answer)
        for one in made
    ]


def _history(scene: Scene, member: Member) -> list[Entry]:
    """What was done to him and what he did, the latest first."""
    wanted = (
        audit.Wanted(subject="member", subject_id=member.id),
        audit.Wanted(actor_id=member.id),
    )
    rows = {
        row.id: row
        for one in wanted
        for row in audit.latest(
            scene.session, community_id=scene.community_id, wanted=one, limit=_MOST
        )
    }
    latest = sorted(rows.values(), key=lambda row: (row.at, row.id), reverse=True)
    return in_words(scene, latest[:_MOST])


def _untouchable(scene: Scene, viewer: Member, member: Member) -> str:
    try:
        roles.check_outranks(scene, actor=viewer, member=member)
    except UserError as error:
        return error.text
    return ""
