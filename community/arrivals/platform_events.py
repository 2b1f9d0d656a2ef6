"""What a platform tells of people who come, go, and change their cards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from community.arrivals import cards
from community.arrivals.onboarding import (
    active_holder,
    get_or_create_arrival,
    is_out,
    onboard,
    receives_newcomers,
    seat_of,
    set_state,
)
from community.arrivals.welcome import greet_many
from community.members import nicknames
from community.membership import erased_accounts
from community.membership.blacklist import blacklisted
from community.scene import Scene
from community.updates import Seat as Seen
from community.vetting import letters, phrasing
from community.vetting.admitting import admit
from community.vetting.notifications import tell_admins, tell_applicant
from community.vetting.states import WAITING
from community.vetting.transitions import move
from storage.queries.people import arrivals, people
from storage.queries.people import seats as queries
from storage.queries.vetting import applications
from storage.tables import Application, Arrival, Group, Member

CROWD = 3
"""More than these at once are not received one by one."""
APART = timedelta(minutes=10)  # between the first looks at the cards of a crowd
_NAMED = 20


@dataclass(frozen=True)
class SeatChanges:
    """How the seats in a group differ from what was known."""

    came: Sequence[Seen] = ()
    spoilt: Sequence[Seen] = ()  # their cards were right
    mended: Sequence[Seen] = ()
    left: Collection[str] = ()


def compare_seats(
    scene: Scene, *, group: str, seen: Sequence[Seen], left: Collection[str]
) -> SeatChanges:
    """To be asked before the seats are taken over.

    Who sits in a group when the bot first sees its list has not just come.
    """
    row = scene.session.get(Group, (scene.community_id, group))
    if row is None or row.synced_at is None:
        return SeatChanges(left=left)
    known = queries.of_group(scene.session, community_id=scene.community_id, group=group)
    pattern = scene.settings.nickname
    came: list[Seen] = []
    recarded: tuple[list[Seen], list[Seen]] = ([], [])
    for seat in seen:
        old = known.get(seat.account)
        if old is None or old.left_at is not None:
            came.append(seat)
        elif (right := nicknames.fits(pattern, seat.card)) != nicknames.fits(pattern, old.card):
            recarded[right].append(seat)
    return SeatChanges(came, *recarded, left)


def apply_changes(scene: Scene, *, group: str, changes: SeatChanges) -> None:
    """Act upon what has changed, once the seats are stored."""
    if not receives_newcomers(scene, group):
        return
    for account in changes.left:
        on_left(scene, group=group, account=account)
    if len(changes.came) > CROWD:
        _receive_crowd(scene, group, [seat.account for seat in changes.came])
    else:
        for seat in changes.came:
            on_arrived(scene, group=group, account=seat.account)
    for seat in changes.spoilt:
        _spoilt(scene, group, seat)
    for seat in changes.mended:
        _mended(scene, group, seat)


def is_present(scene: Scene, *, group: str, account: str) -> bool:
    """Whether somebody is in the group, as far as it was known until now."""
    seat = people.seat(scene.session, community_id=scene.community_id, group=group, account=account)
    return seat is not None and seat.left_at is None


def on_arrived(scene: Scene, *, group: str, account: str, was_there: bool = False) -> None:
    """Somebody is in the group now. Who was known to be there has not come again."""
    arrival = _begun(scene, group, account, was_there=was_there)
    if arrival is None or _is_done(scene, arrival):
        return
    if _is_stranger(scene, account):
        tell_admins(
            scene,
            f"{_shown(scene, arrival)} 进了群，但没有经过审核。我已请 ta 补一份资料。",
        )
    onboard(scene, arrival)


def _receive_crowd(scene: Scene, group: str, accounts: Sequence[str]) -> None:
    """Many at once, after a long absence of the bot: one word to all, and the cards by and by."""
    begun = [_begun(scene, group, account) for account in accounts]
    crowd = [arrival for arrival in begun if arrival and not _is_done(scene, arrival)]
    for place, arrival in enumerate(crowd, 1):
        arrival.due_at = scene.now + place * APART
    strangers = [_shown(scene, one) for one in crowd if _is_stranger(scene, one.account)]
    if strangers:
        names = "、".join(strangers[:_NAMED])
        tell_admins(scene, f"这 {len(strangers)} 位没有经过审核就进了群：{names}。")
    greet_many(scene, group, len(crowd))


def _begun(scene: Scene, group: str, account: str, *, was_there: bool = False) -> Arrival | None:
    """The coming of somebody begins; None: it is no coming, or none of the bot's business."""
    if not receives_newcomers(scene, group) or erased_accounts.among(scene, accounts=[account]):
        return None
    known = arrivals.get(
        scene.session, community_id=scene.community_id, group=group, account=account
    )
    # A notice that is repeated must not receive an old member as a new one.
    if was_there and (known is None or known.state != "expected"):
        return None
    arrival = known or get_or_create_arrival(scene, group=group, account=account)
    set_state(scene, arrival, "here")
    return arrival


def _is_done(scene: Scene, arrival: Arrival) -> bool:
    """Whether somebody is not received like others: he is kept out, or approved by his coming."""
    if blacklisted(scene.session, community_id=scene.community_id, account=arrival.account):
        tell_admins(
            scene, f"{_shown(scene, arrival)} 在黑名单里，刚进了群。请看一下，该移出就手动移出。"
        )
        return True
    application = _latest(scene, arrival.account)
    if application is None or application.state not in WAITING:
        return False
    _approve_by_fact(scene, application)  # the hooks settle the rest
    return True


def on_left(scene: Scene, *, group: str, account: str, by: str = "") -> None:
    """Somebody is no longer there; nothing more is asked of him."""
    arrival = arrivals.get(
        scene.session, community_id=scene.community_id, group=group, account=account
    )
    if arrival is not None and arrival.state == "here":
        arrival.state, arrival.since, arrival.due_at = "gone", scene.now, None
    member = active_holder(scene, account)
    if member is not None and by not in ("", account) and receives_newcomers(scene, group):
        _put_out(scene, group, account, member)


def _put_out(scene: Scene, group: str, account: str, member: Member) -> None:
    """A human has removed a member with the platform's own means: that ends no membership."""
    set_state(scene, get_or_create_arrival(scene, group=group, account=account), "removed")
    clause = "第1条 " if scene.settings.terms.covenant.clauses else ""
    tell_admins(
        scene,
        f"{member.shown} 被人移出了群，但还是成员（M{member.id}），在私聊里照样能用。"
        f"要结束成员资格，发 #移除 M{member.id} {clause}理由；不用就不必管。"
        "ta 再申请进群时我会先问你们。",
    )


def _latest(scene: Scene, account: str) -> Application | None:
    sent = applications.by_applicant(
        scene.session, community_id=scene.community_id, account=account
    )
    return next((one for one in sent if one.state != "draft"), None)


def _approve_by_fact(scene: Scene, application: Application) -> None:
    """Somebody else has let the applicant in: what is done is done, and the records follow."""
    admitted = admit(scene, application)
    news = phrasing.approved(scene, application)
    tell_applicant(scene, application, news, letters.approved(scene, application))
    move(scene, application, "approve", admitted=admitted)
    tell_admins(
        scene,
        f"#A{application.id} 已经有人在群里直接放进来了，我按通过登记。",
        application=application,
    )


def _is_stranger(scene: Scene, account: str) -> bool:
    """A member of the roster is none, nor is an admin."""
    return account not in scene.settings.admins and active_holder(scene, account) is None


def _shown(scene: Scene, arrival: Arrival) -> str:
    seat = seat_of(scene, arrival)
    return (seat.card or seat.name if seat else "") or "有位新朋友"


def _spoilt(scene: Scene, group: str, seat: Seen) -> None:
    if is_out(scene, seat.account):
        return
    arrival = get_or_create_arrival(scene, group=group, account=seat.account)
    if arrival.state != "here":
        set_state(scene, arrival, "here")
    member = active_holder(scene, seat.account)
    cards.remind(scene, arrival, card=seat.card, name=seat.name, member=member)


def _mended(scene: Scene, group: str, seat: Seen) -> None:
    arrival = arrivals.get(
        scene.session, community_id=scene.community_id, group=group, account=seat.account
    )
    if arrival is not None and arrival.state == "here":
        arrival.due_at, arrival.reminded = None, False
