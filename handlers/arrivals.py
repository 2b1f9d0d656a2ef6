"""People who ask to be let in, on the platforms that have a door. Nobody has to type anything."""

from community.arrivals import doors
from community.scene import Scene
from community.updates import BotInvited, FriendRequested, JoinRequested
from handlers.framework.feature import Feature

feature = Feature("arrivals", usage="", summary="接待申请入群的人", order=998)


@feature.watch(JoinRequested)
def join_requested(scene: Scene, update: JoinRequested) -> None:
    """Take it as an application."""
    doors.on_join_requested(scene, update)


@feature.watch(FriendRequested)
def friend_requested(scene: Scene, update: FriendRequested) -> None:
    """Open the private way, and ask what a newcomer is asked."""
    doors.on_friend_requested(scene, update)


@feature.watch(BotInvited)
def bot_invited(scene: Scene, update: BotInvited) -> None:
    """Come into a group of the configuration."""
    doors.on_bot_invited(scene, update)
