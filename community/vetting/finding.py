"""Which application is meant, and whether somebody may apply at all."""

from datetime import timedelta

from community.errors import UserError
from community.scene import Scene
from community.vetting import past_tries
from community.vetting.hooks import BARS
from community.vetting.states import OPEN, WAITING
from storage.queries.people import people
from storage.queries.traffic import subjects
from storage.queries.vetting import applications
from storage.tables import Application

_FAILED = ("rejected", "timed_out")
_LATE = timedelta(days=14)  # so long after its end people may still answer an application


def by_number(scene: Scene, number: int) -> Application:
    """The application of that number. Raises UserError."""
    application = scene.session.get(Application, (scene.community_id, number))
    if application is None:
        raise UserError(f"没有 #A{number} 这份申请。发 #待审 看还没审的。")
    return application


def by_message(scene: Scene, *, lane: str, message_id: str) -> Application | None:
    """The application that the bot spoke of in a message."""
    found = subjects.application_of_message(scene.session, lane=lane, message_id=message_id)
    if found is None or found[0] != scene.community_id:
        return None
    return scene.session.get(Application, found)


def of_person(scene: Scene, account: str) -> list[Application]:
    """All that the holder of the account has sent, the newest first."""
    member = people.by_account(scene.session, community_id=scene.community_id, account=account)
    return applications.by_applicant(
        scene.session,
        community_id=scene.community_id,
        account=account,
        member_id=None if member is None else member.id,
    )


def open_of(scene: Scene, account: str) -> Application | None:
    """The one application of the person that has not come to an end."""
    return next((one for one in of_person(scene, account) if one.state in OPEN), None)


def timed_out_lately(scene: Scene, account: str) -> Application | None:
    """The last application of the person, where it had been sent and ran out of time lately."""
    last = next(iter(of_person(scene, account)), None)
    if last is None or last.state != "timed_out" or last.submitted_at is None:
        return None
    ended = last.handled_at or last.updated_at
    return last if scene.now - ended <= _LATE else None


def waiting(scene: Scene) -> list[Application]:
    """What admins can decide now, the oldest first."""
    return applications.in_states(scene.session, community_id=scene.community_id, states=WAITING)


def repeats(scene: Scene, account: str) -> int:
    """How many tries in a row have failed. What waits for a human has not failed."""
    for one in of_person(scene, account):
        if one.state in _FAILED:
            return one.repeats + 1
        return 0 if one.state == "approved" else one.repeats
    return past_tries.of(scene, account=account).failed


def sent_lately(scene: Scene, account: str) -> int:
    """How many applications the person sent in the last day. Each is a card for the admins."""
    since = scene.now - past_tries.DAY
    sent = [one.submitted_at for one in of_person(scene, account) if one.submitted_at]
    return sum(at > since for at in sent) + past_tries.of(scene, account=account).sent


def barred(scene: Scene, account: str) -> str | None:
    """Why the person may not apply, in words for him; None: he may."""
    for bar in BARS:
        if why := bar(scene, account):
            return why
    tries = repeats(scene, account)
    if tries >= scene.settings.application.block_at:
        return f"已经连着 {tries} 次没有成功，先不再受理。有话请直接找管理员。"
    return None
