"""Keeping up with who sits in the groups. Nobody has to ask for it."""

from community import seats
from community.scene import Scene
from community.updates import Recalled, SeatsChanged
from handlers.framework.feature import Feature

feature = Feature("seats", usage="", summary="记住群里有谁、叫什么", order=999)


@feature.watch(SeatsChanged)
def seats_changed(scene: Scene, update: Recalled | SeatsChanged) -> None:
    """Take over a member list, or a change in it."""
    if isinstance(update, SeatsChanged) and update.group is not None:
        seats.change(
            scene,
            group=update.group,
            seen=update.seats,
            left=update.left,
            complete=update.complete,
        )
