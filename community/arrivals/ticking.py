"""What is due: cards that are still wrong, and people who were let in but have not come."""

from collections.abc import Sequence

from community.arrivals import cards
from community.arrivals.onboarding import active_holder, is_out, seat_of
from community.arrivals.platform_events import APART
from community.due import Round
from community.scene import Scene
from community.vetting.notifications import tell_admins
from storage.queries.people import arrivals
from storage.queries.vetting import applications
from storage.tables import Arrival


def tick(turn: Round) -> int:
    """Look at those of a community whose time has come; gives how many, 0 when nobody is left."""
    here = arrivals.communities(turn.session, now=turn.now, among=turn.settings.keys())
    return turn.take_up(here, arrivals.claim, _work)


def _work(scene: Scene, due: Sequence[Arrival]) -> None:
    offenders, lost = [], []
    for arrival in due:
        if _is_late(scene, arrival):
            arrival.due_at = scene.now + APART
            continue
        arrival.due_at = None
        if arrival.state == "expected":
            lost.append(_number(scene, arrival))
        elif (shown := _look(scene, arrival)) is not None:
            offenders.append(shown)
    if lost:
        tell_admins(
            scene,
            f"{'、'.join(lost)} 已放行 10 分钟，还没看到进群。请在 QQ 的加群通知里看一眼，"
            "可能要手动通过。",
        )
    if offenders:
        rows = "\n".join(f"- {shown}" for shown in offenders)
        tell_admins(scene, f"提醒过三次，这些新朋友的群名片还不合格式：\n{rows}")


def _is_late(scene: Scene, arrival: Arrival) -> bool:
    """The bot was off: whether he came meanwhile is about to be seen."""
    due = arrival.due_at or scene.now
    return arrival.state == "expected" and scene.now - due > APART


def _look(scene: Scene, arrival: Arrival) -> str | None:
    """The name of somebody who has been asked for the last time."""
    seat = seat_of(scene, arrival)
    if seat is None or seat.left_at is not None or is_out(scene, arrival.account):
        return None
    member = active_holder(scene, arrival.account)
    last = cards.check_card(scene, arrival, card=seat.card, name=seat.name, member=member)
    return (seat.card or seat.name or "没有名片的一位") if last else None


def _number(scene: Scene, arrival: Arrival) -> str:
    sent = applications.by_applicant(
        scene.session, community_id=scene.community_id, account=arrival.account
    )
    return next((f"#A{one.id}" for one in sent if one.state == "approved"), "一位申请人")
