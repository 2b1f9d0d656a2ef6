"""By which way an applicant hears of what becomes of his application."""

from community.scene import Scene
from storage.queries import communities
from storage.queries.traffic import inbox
from storage.tables import Application


def waits_at_the_door(application: Application) -> bool:
    """The platform waits for an answer, also when the application itself came by another door."""
    return bool(application.flag) and application.group_address is not None


def leave_the_door(application: Application) -> None:
    """The platform has its answer. The flag stays, by which the same request is known again."""
    application.group_address = None


def is_reachable(scene: Scene, account: str) -> bool:
    """He sits in a group with the bot, or has written to it in private."""
    seated = communities.with_seat(scene.session, account=account)
    return bool(seated) or inbox.newest(scene.session, lane=account) is not None


def hears_at_the_door(application: Application) -> bool:
    """What he is told is the platform's answer to his request."""
    return application.source == "qq_request" and waits_at_the_door(application)


def is_out_of_reach(scene: Scene, application: Application) -> bool:
    """He was refused with a question, and nothing can be said to him until he asks again."""
    return (
        application.source == "qq_request"
        and not waits_at_the_door(application)
        and not is_reachable(scene, application.account)
    )
