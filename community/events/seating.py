"""Seats are given, given up and passed on; whoever it concerns hears of it at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from community.events import strikes
from community.events.allocation import Entry, allocate
from community.events.wording import item, when
from community.notices import is_cut_off, tell
from community.posts.lifetime import not_at_night
from community.scene import Scene
from storage.queries.events import registrations
from storage.tables import Event, Member, Registration

_BETTER = ("attended", "seated", "offered", "waiting", "absent", "left")
OFFER = timedelta(hours=24)  # to say that one still comes


def placed(scene: Scene, event: Event) -> list[tuple[Registration, Member]]:
    """All who have a seat or wait, in the order in which they signed up."""
    return registrations.of_event(
        scene.session,
        community_id=scene.community_id,
        event_id=event.id,
        states=registrations.ACTIVE,
    )


def waitlist(scene: Scene, event: Event) -> list[int]:
    """The members who wait, the next one first."""
    rows = [row for row, _ in placed(scene, event) if row.state == "waiting"]
    # Without seats all go on waiting: what is left is their order.
    return list(allocate(_entries(scene, event, rows), cap=0, may_displace=False).waiting)


def pass_on(scene: Scene, event: Event, *, new: int | None = None) -> None:
    """Give away what is free, to the ``new`` member or to those who wait. Until it begins."""
    if event.state != "open" or scene.now >= event.starts_at:
        return
    scene.session.flush()
    people = {member.id: (row, member) for row, member in placed(scene, event)}
    entries = _entries(scene, event, [row for row, _ in people.values()], new=new)
    found = allocate(entries, cap=event.cap, may_displace=scene.now < event.closes_at)
    for id_ in found.seated:
        people[id_][0].state = "seated"
    for id_ in found.offered:
        _offer(scene, event, *people[id_])
    for id_ in found.displaced:
        _displace(scene, event, *people[id_], position=found.waiting.index(id_) + 1)
    scene.session.flush()


def release(scene: Scene, *, member: Member) -> None:
    """He comes to nothing any more; nobody holds that against him."""
    held = registrations.open_of_member(
        scene.session, community_id=scene.community_id, member_id=member.id
    )
    for row, event in held:
        vacate(row)
        pass_on(scene, event)


def join(scene: Scene, *, keep: Member, gone: Member) -> Sequence[Event]:
    """Two members are one person: of two places at an event the better one stays.

    Gives the events at which a seat may have become free by that.
    """
    rows = registrations.of_both(
        scene.session, community_id=scene.community_id, one=keep.id, other=gone.id
    )
    found = []
    for first, second in pairwise(rows):
        if first.event_id == second.event_id:
            event = scene.session.get_one(Event, (scene.community_id, first.event_id))
            best, other = sorted((first, second), key=lambda row: _BETTER.index(row.state))
            if best.state == "attended":
                strikes.take_back(scene, event, member_id=other.member_id, reason="absent")
            scene.session.delete(other)
            found.append(event)
    scene.session.flush()
    return found


def vacate(row: Registration) -> None:
    """He neither sits nor waits."""
    row.state, row.due_at, row.displaced = "left", None, False


def offered_until(scene: Scene, event: Event) -> datetime:
    """A day to answer; when the event is near half of the time that is left, so that the next one
    has some, too.
    """
    left = event.starts_at - scene.now
    until = not_at_night(scene.now + min(OFFER, left / 2), scene.settings.zone)
    return min(until, event.starts_at)


def run_out(scene: Scene, row: Registration) -> None:
    """An offer was not answered: the seat goes to the next one, unless it was not even heard."""
    event = scene.session.get_one(Event, (scene.community_id, row.event_id))
    member = scene.session.get_one(Member, (scene.community_id, row.member_id))
    if scene.now < event.starts_at and is_cut_off(scene, member=member):
        _offer(scene, event, row, member)
        return
    vacate(row)
    if scene.now < event.starts_at:
        tell(
            scene, member=member, until=event.starts_at,
            text=f"{item(event)}的名额没等到你确认，让给下一位了。",
        )  # fmt: skip
    pass_on(scene, event)


def attendees(scene: Scene, event_id: int | None) -> set[int]:
    """Who came to an event; nobody to none."""
    if event_id is None:
        return set()
    came = registrations.of_event(
        scene.session,
        community_id=scene.community_id,
        event_id=event_id,
        states=("attended",),
    )
    return {member.id for _, member in came}


def _entries(
    scene: Scene, event: Event, rows: Sequence[Registration], new: int | None = None
) -> list[Entry]:
    first = attendees(scene, event.priority_id)
    return [
        Entry(
            row.member_id,
            "new" if row.member_id == new else _state(row),
            row.asked_at,
            priority=row.member_id in first and not row.behind,
            behind=row.behind,
            displaced=row.displaced,
        )
        for row in rows
    ]


def _state(row: Registration) -> Literal["seated", "offered", "waiting"]:
    return "seated" if row.state == "seated" else "offered" if row.state == "offered" else "waiting"


def _offer(scene: Scene, event: Event, row: Registration, member: Member) -> None:
    row.state, row.due_at = "offered", offered_until(scene, event)
    tell(
        scene, member=member, until=row.due_at,
        text=f"{item(event)}有名额了，给你留到 {when(scene, row.due_at)}。"
        f"来就引用这条回 我去，或发 #我去 E{event.id}；不来回 不去了。过时让给下一位。",
    )  # fmt: skip


def _displace(
    scene: Scene, event: Event, row: Registration, member: Member, *, position: int
) -> None:
    row.state, row.due_at, row.displaced = "waiting", None, True
    tell(
        scene, member=member, until=event.starts_at,
        text=f"{item(event)}的名额满了，截止前来过 E{event.priority_id} 的朋友优先，"
        f"你报得最晚，名额先让给了其中一位。你现在候补第 {position} 位，有空出来的先给你。",
    )  # fmt: skip
