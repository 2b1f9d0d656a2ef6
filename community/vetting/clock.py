"""What happens to applications by the clock: reminders, the end of waiting, the morning list."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from community.due import Round
from community.scene import Scene
from community.settings import Settings
from community.vetting import cards, finding, letters, phrasing
from community.vetting.notifications import tell_admins, tell_applicant
from community.vetting.states import WAITING
from community.vetting.transitions import move
from storage.queries import chores
from storage.queries.vetting import applications
from storage.tables import Application

DAY = timedelta(days=1)
MORNING = time(8, 0)  # in the community's own time zone
_CHORE = "pending"
_MOST = 20  # in one list


def tick(turn: Round) -> int:
    """Tell the admins what waits, remind applicants, and end what has waited too long.

    One community at a time; gives how much was done, 0 when nothing is left.
    """
    if _announce(turn):
        return 1
    here = applications.due_in(turn.session, now=turn.now, among=turn.settings.keys())
    return turn.take_up(here, applications.claim_due, _take_up_all)


def pending(scene: Scene) -> str:
    """The list of what waits, the longest first; "" when nothing does."""
    waiting = finding.waiting(scene)
    if not waiting:
        return ""
    lines = [f"待审 {len(waiting)} 份：", *(cards.line(scene, one) for one in waiting[:_MOST])]
    if len(waiting) > _MOST:
        lines.append(f"…… 还有 {len(waiting) - _MOST} 份")
    lines.append(f"看一份：#待审 A{waiting[0].id}")
    return "\n".join(lines)


def next_due(scene: Scene, application: Application) -> datetime:
    """The next reminder, or the end."""
    return min(scene.now + DAY, end_of(scene, application))


def _announce(turn: Round) -> bool:
    """Each morning, tell the admins of the next community what still waits for them; False when
    all have been told.
    """
    session, now = turn.session, turn.now
    done = chores.times(session, name=_CHORE)
    for community_id, one in sorted(turn.settings.items()):
        moment = _last_morning(one, now)
        if community_id in done and done[community_id] >= moment:
            continue
        scene = turn.scene(community_id)
        due = chores.take(session, community_id=community_id, name=_CHORE, moment=moment, now=now)
        if due and (text := pending(scene)):
            tell_admins(scene, text, until=moment + DAY)
        return True
    return False


def _take_up_all(scene: Scene, due: Sequence[Application]) -> None:
    for one in due:
        _take_up(scene, one)


def _take_up(scene: Scene, application: Application) -> None:
    if scene.now < end_of(scene, application):
        application.due_at = next_due(scene, application)
        application.reminders += 1
        end = phrasing.moment(scene, end_of(scene, application))
        asked = application.state == "needs_info"
        letter = letters.asked_back(scene, application, end=end) if asked else None
        text = _reminder(scene, application, end)
        tell_applicant(scene, application, text, letter, until=application.due_at)
        return
    waited = application.state in WAITING
    move(scene, application, "time_out")
    barred = finding.barred(scene, application.account)
    text = phrasing.timed_out(scene, application, barred)
    tell_applicant(scene, application, text, letters.timed_out(scene, application, barred))
    if waited:
        days = scene.settings.application.timeout_days
        text = f"#A{application.id} 的申请人 {days} 天没有回答，申请已作废。"
        tell_admins(scene, text, application=application)


def _reminder(scene: Scene, application: Application, end: str) -> str:
    if application.state == "needs_info":
        return f"{phrasing.asked_back(application)}\n到 {end} 还没有回答，申请会作废。"
    asked = phrasing.question(scene, application)
    return f"你的申请还没写完，{end} 前接着回答就行。{phrasing.CANCEL}\n{asked}"


def end_of(scene: Scene, application: Application) -> datetime:
    """When it ends unless the applicant speaks."""
    return application.updated_at + timedelta(days=scene.settings.application.timeout_days)


def _last_morning(settings: Settings, now: datetime) -> datetime:
    local = now.astimezone(settings.zone)
    morning = datetime.combine(local.date(), MORNING, settings.zone)
    if morning > local:
        morning = datetime.combine(local.date() - DAY, MORNING, settings.zone)
    return morning
