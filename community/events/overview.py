"""What is coming, and how an event stands, as a member may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.events import finding, seating
from community.events.signing_up import Place, place_of
from community.events.wording import name_in_group
from community.rights import may
from community.scene import Scene
from storage.queries.events import registrations
from storage.tables import Event, Member


@dataclass(frozen=True)
class Listed:
    """An event among others."""

    event: Event
    free: int
    waiting: int
    mine: bool  # the viewer has a seat, or waits


@dataclass(frozen=True)
class Past:
    """An event that is over or cancelled."""

    event: Event
    came: int
    unknown: int  # had a seat, and nobody has said whether they came


@dataclass(frozen=True)
class Overview:
    """One event; names are those of the group, empty for whoever may not know them."""

    event: Event
    free: int
    seated: Sequence[str]  # with those to whom a seat is offered; when it is over, who came
    waiting: int
    place: Place


def coming(scene: Scene, *, viewer: Member) -> Sequence[Listed]:
    """What is coming, the next one first."""
    found = finding.coming(scene)
    session, here = scene.session, scene.community_id
    count = registrations.count(session, community_id=here, event_ids=[one.id for one in found])
    held = registrations.open_of_member(session, community_id=here, member_id=viewer.id)
    mine = {event.id for _, event in held}
    return [
        Listed(
            event,
            free=_free(event, sum(count.get((event.id, one), 0) for one in registrations.HOLDING)),
            waiting=count.get((event.id, "waiting"), 0),
            mine=event.id in mine,
        )
        for event in found
    ]


def past(scene: Scene, *, limit: int) -> list[Past]:
    """What is over or cancelled, the latest first."""
    found = finding.ended(scene, limit=limit)
    count = registrations.count(
        scene.session, community_id=scene.community_id, event_ids=[one.id for one in found]
    )
    return [
        Past(one, came=count.get((one.id, "attended"), 0), unknown=count.get((one.id, "seated"), 0))
        for one in found
    ]


def of(scene: Scene, event: Event, *, viewer: Member) -> Overview:
    """One event as the viewer may see it."""
    placed = seating.placed(scene, event)
    holders = [member for row, member in placed if row.state in registrations.HOLDING]
    came = _attendees(scene, event) if scene.now >= event.starts_at else []
    people = came if event.state == "over" else [*came, *holders]
    names = may(scene, viewer, "events.names")
    return Overview(
        event,
        free=_free(event, len(holders)),
        seated=[name_in_group(member) for member in people] if names else [],
        waiting=len(placed) - len(holders),
        place=place_of(scene, event, member=viewer),
    )


def waiting_names(scene: Scene, event: Event) -> Sequence[str]:
    """Who waits, the next one first, for those who run the community."""
    people = {member.id: member for _, member in seating.placed(scene, event)}
    return [name_in_group(people[id_]) for id_ in seating.waitlist(scene, event)]


def _attendees(scene: Scene, event: Event) -> list[Member]:
    rows = registrations.of_event(
        scene.session,
        community_id=scene.community_id,
        event_id=event.id,
        states=("attended",),
    )
    return [member for _, member in rows]


def _free(event: Event, held: int) -> int:
    return max(event.cap - held, 0)
