"""Keeping up with who sits in the groups, and what follows from it. Nobody has to ask for it."""

from community.arrivals import platform_events
from community.members import seats
from community.scene import Scene
from community.updates import MemberJoined, MemberLeft, SeatsChanged
from handlers.framework.feature import Feature

feature = Feature("seats", usage="", summary="记住群里有谁、叫什么，接待新人", order=999)


@feature.watch(SeatsChanged)
def seats_changed(scene: Scene, update: SeatsChanged) -> None:
    """Take over a member list, or a change in it."""
    if update.group is None:
        return
    changes = platform_events.compare_seats(
        scene, group=update.group, seen=update.seats, left=update.left
    )
    seats.apply_changes(
        scene,
        group=update.group,
        seen=update.seats,
        left=update.left,
        complete=update.complete,
    )
    platform_events.apply_changes(scene, group=update.group, changes=changes)


@feature.watch(MemberJoined)
def joined(scene: Scene, update: MemberJoined) -> None:
    """Somebody takes a seat."""
    if update.group is None:
        return
    account = update.seat.account
    was_there = platform_events.is_present(scene, group=update.group, account=account)
    seats.apply_changes(scene, group=update.group, seen=(update.seat,), left=(), complete=False)
    platform_events.on_arrived(scene, group=update.group, account=account, was_there=was_there)


@feature.watch(MemberLeft)
def left(scene: Scene, update: MemberLeft) -> None:
    """A seat is free again."""
    if update.group is None:
        return
    seats.apply_changes(scene, group=update.group, seen=(), left=(update.account,), complete=False)
    platform_events.on_left(scene, group=update.group, account=update.account, by=update.by)
