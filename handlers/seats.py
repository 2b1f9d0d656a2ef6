"""Keeping up with who sits in the groups. Nobody has to ask for it."""

from community import seats
from community.scene import Scene
from community.updates import MemberJoined, MemberLeft, SeatsChanged
from handlers.framework.feature import Feature

feature = Feature("seats", usage="", summary="记住群里有谁、叫什么", order=999)


@feature.watch(SeatsChanged)
def seats_changed(scene: Scene, update: SeatsChanged) -> None:
    """Take over a member list, or a change in it."""
    if update.group is not None:
        seats.change(
            scene,
            group=update.group,
            seen=update.seats,
            left=update.left,
            complete=update.complete,
        )


@feature.watch(MemberJoined)
def joined(scene: Scene, update: MemberJoined) -> None:
    """Somebody takes a seat."""
    if update.group is not None:
        seats.change(scene, group=update.group, seen=(update.seat,), left=(), complete=False)


@feature.watch(MemberLeft)
def left(scene: Scene, update: MemberLeft) -> None:
    """A seat is free again."""
    if update.group is not None:
        seats.change(scene, group=update.group, seen=(), left=(update.account,), complete=False)
