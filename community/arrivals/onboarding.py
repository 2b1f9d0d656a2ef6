"""Somebody is there: his card is seen to, and the group is told who he is."""

from community.arrivals import cards
from community.arrivals.welcome import greet, welcome
from community.membership import joining, standing
from community.scene import Scene
from storage.queries.people import arrivals, people
from storage.tables import Arrival, Member, Seat


def onboard(scene: Scene, arrival: Arrival) -> None:
    """First the card, then the welcome: both go to the group, in this order."""
    seat = seat_of(scene, arrival)
    member = active_holder(scene, arrival.account)
    card, nickname = ("", "") if seat is None else (seat.card, seat.name)
    name = (member.name if member else "") or card or nickname or "新朋友"
    cards.check_card(scene, arrival, card=card, name=name, member=member)
    if member is not None:
        joining.show_covenant(scene, member)  # whom QQ let in could not be written to before
    if not welcome(scene, arrival, name=name, member=member):
        greet(scene, arrival, name=name, member=member)


def seat_of(scene: Scene, arrival: Arrival) -> Seat | None:
    """His place in the group, also after he left."""
    return people.seat(
        scene.session,
        community_id=scene.community_id,
        group=arrival.group_address,
        account=arrival.account,
    )


def active_holder(scene: Scene, account: str) -> Member | None:
    """The member who holds the account; whose membership has ended is as good as a stranger."""
    known = _holder(scene, account)
    return None if known is None or standing.is_out(scene, member=known) else known


def is_out(scene: Scene, account: str) -> bool:
    """Its holder's membership has ended: who stays in the group all the same is left alone."""
    known = _holder(scene, account)
    return known is not None and standing.is_out(scene, member=known)


def receives_newcomers(scene: Scene, group: str | None) -> bool:
    """The bot receives people in the community's groups, and not in one for admins alone."""
    return group in scene.settings.groups


def get_or_create_arrival(scene: Scene, *, group: str, account: str) -> Arrival:
    """What is known of somebody's coming into a group; he is expected, unless he is there."""
    known = arrivals.get(
        scene.session, community_id=scene.community_id, group=group, account=account
    )
    if known is None:
        known = Arrival(
            community_id=scene.community_id,
            group_address=group,
            account=account,
            state="expected",
            since=scene.now,
        )
        scene.session.add(known)
        scene.session.flush()
    elif known.state in ("gone", "removed"):
        set_state(scene, known, "expected")
    return known


def set_state(scene: Scene, arrival: Arrival, state: str) -> None:
    """From now on it is so; what was asked before counts no more."""
    arrival.state, arrival.since = state, scene.now
    arrival.looks, arrival.reminded, arrival.due_at = 0, False, None


def _holder(scene: Scene, account: str) -> Member | None:
    return people.by_account(scene.session, community_id=scene.community_id, account=account)
