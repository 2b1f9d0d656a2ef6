"""What a platform tells of people who come, go, and change their cards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community import nicknames
from community.arrivals import cards
from community.arrivals.settling import begin, expect, is_looked_after, settle
from community.membership import forgotten
from community.membership.blacklist import blacklisted
from community.scene import Scene
from community.updates import Seat as Seen
from community.vetting.admitting import admit
from community.vetting.moving import move
from community.vetting.states import WAITING
from community.vetting.telling import tell_admins
from storage.queries import applications, arrivals, people
from storage.queries import seats as queries
from storage.tables import Application, Group


@dataclass(frozen=True)
class News:
    """How the seats in a group differ from what was known."""

    came: Sequence[Seen] = ()
    spoilt: Sequence[Seen] = ()  # their cards were right
    mended: Sequence[Seen] = ()
    left: Collection[str] = ()


def news(scene: Scene, *, group: str, seen: Sequence[Seen], left: Collection[str]) -> News:
    """To be asked before the seats are taken over.

    Who sits in a group when the bot first sees its list has not just come.
    """
    row = scene.session.get(Group, (scene.community_id, group))
    if row is None or row.synced_at is None:
        return News(left=left)
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
    return News(came, *recarded, left)


def take(scene: Scene, *, group: str, news: News) -> None:
    """Act upon what has changed, once the seats are stored."""
    if not is_looked_after(scene, group):
        return
    for account in news.left:
        gone(scene, group=group, account=account)
    for seat in news.came:
        came(scene, group=group, account=seat.account)
    for seat in news.spoilt:
        _spoilt(scene, group, seat)
    for seat in news.mended:
        _mended(scene, group, seat)


def sits(scene: Scene, *, group: str, account: str) -> bool:
    """Whether somebody is in the group, as far as it was known until now."""
    seat = people.seat(scene.session, community_id=scene.community_id, group=group, account=account)
    return seat is not None and seat.left_at is None


def came(scene: Scene, *, group: str, account: str, was_there: bool = False) -> None:
    """Somebody is in the group now. Who was known to be there has not come again."""
    if not is_looked_after(scene, group) or forgotten.among(scene, accounts=[account]):
        return
    arrival = expect(scene, group=group, account=account)
    if arrival.state == "here" and was_there:
        return
    begin(scene, arrival, "here")
    if blacklisted(scene.session, community_id=scene.community_id, account=account):
        tell_admins(scene, f"{_shown(scene, group, account)} 在黑名单上，刚进了群。请看一下。")
        return
    application = _latest(scene, account)
    if application is not None and application.state in WAITING:
        _approve_by_fact(scene, application)  # the hooks settle the rest
        return
    if application is None or application.state != "approved":
        _tell_of_stranger(scene, group, account)
    settle(scene, arrival)


def gone(scene: Scene, *, group: str, account: str) -> None:
    """Somebody is no longer there; nothing more is asked of him."""
    arrival = arrivals.get(
        scene.session, community_id=scene.community_id, group=group, account=account
    )
    if arrival is not None and arrival.state == "here":
        arrival.state, arrival.since, arrival.due_at = "gone", scene.now, None


def _latest(scene: Scene, account: str) -> Application | None:
    sent = applications.by_applicant(
        scene.session, community_id=scene.community_id, account=account
    )
    return next((one for one in sent if one.state != "draft"), None)


def _approve_by_fact(scene: Scene, application: Application) -> None:
    """Somebody else has let the applicant in: what is done is done, and the records follow."""
    member = admit(scene, application)
    move(scene, application, "approve", member=member)
    tell_admins(
        scene,
        f"#A{application.id} 已经有人在群里直接放进来了，我按通过登记。",
        application=application,
    )


def _tell_of_stranger(scene: Scene, group: str, account: str) -> None:
    """A member of the roster is none, nor is an admin."""
    key = {"community_id": scene.community_id, "account": account}
    if account in scene.settings.admins or people.by_account(scene.session, **key):
        return
    shown = _shown(scene, group, account)
    tell_admins(scene, f"{shown} 进了群，但没有通过申请。我已请 ta 补一份资料。")


def _shown(scene: Scene, group: str, account: str) -> str:
    seat = people.seat(scene.session, community_id=scene.community_id, group=group, account=account)
    return (seat.card or seat.name if seat else "") or "有位新朋友"


def _spoilt(scene: Scene, group: str, seat: Seen) -> None:
    arrival = expect(scene, group=group, account=seat.account)
    if arrival.state != "here":
        begin(scene, arrival, "here")
    member = people.by_account(scene.session, community_id=scene.community_id, account=seat.account)
    cards.remind(scene, arrival, card=seat.card, name=seat.name, member=member)


def _mended(scene: Scene, group: str, seat: Seen) -> None:
    arrival = arrivals.get(
        scene.session, community_id=scene.community_id, group=group, account=seat.account
    )
    if arrival is not None and arrival.state == "here":
        arrival.due_at, arrival.reminded = None, False
