"""What a platform is told once an application is decided. Hangs on the hooks of vetting."""

from datetime import timedelta

from community.actions import AnswerRequest, Invite, Send, Text
from community.arrivals.onboarding import (
    get_or_create_arrival,
    onboard,
    receives_newcomers,
    set_state,
)
from community.notices import enqueue, send
from community.scene import Scene
from community.vetting import phrasing
from community.vetting.notifications import tell_admins
from community.vetting.outcomes import Outcome
from community.vetting.reach import (
    hears_at_the_door,
    is_out_of_reach,
    is_reachable,
    leave_the_door,
    waits_at_the_door,
)
from storage.queries.people import arrivals
from storage.tables import Application, Group

_ASKED_FOR = "onebot:"
"""QQ has people ask at the door and lets no bot bring them; the good news tells them how."""

PATIENCE = timedelta(minutes=10)
"""Who was let in is there by then, or something is wrong."""


def on_outcome(scene: Scene, outcome: Outcome) -> None:
    """Let in, refuse, or ask by refusing; and receive who is there already."""
    application = outcome.application
    match outcome.event:
        case "approve":
            _let_in(scene, application)
        case "reject":
            _refuse(scene, application, application.reason)
            _tell_of_silence(scene, application, "没能告诉 ta 理由。")
        case "ask":
            _ask(scene, application)
        case "withdraw":
            _refuse(scene, application, "你撤回了申请。")
        case "time_out":
            _refuse(scene, application, "太久没有收到回复，申请先关闭了，欢迎再申请。")


def _let_in(scene: Scene, application: Application) -> None:
    account = application.account
    present = _receive(scene, account)
    group = application.group_address or _home(scene, account)
    if group is None or group in present or not receives_newcomers(scene, group):
        return
    if waits_at_the_door(application):
        enqueue(scene, _yes(scene, application, group))
        arrival = get_or_create_arrival(scene, group=group, account=account)
        set_state(scene, arrival, "expected")
        arrival.due_at = scene.now + PATIENCE
    elif not present and _is_listed(scene, group) and not group.startswith(_ASKED_FOR):
        enqueue(scene, _invitation(scene, application, group))
    else:
        _tell_of_silence(scene, application, "ta 再申请进群时我会直接放行。")


def _receive(scene: Scene, account: str) -> list[str]:
    """Introduce somebody where he sits already, unless that has been done; gives these groups."""
    key = {"community_id": scene.community_id, "account": account}
    present = [
        group for group in arrivals.groups(scene.session, **key) if receives_newcomers(scene, group)
    ]
    for group in present:
        arrival = get_or_create_arrival(scene, group=group, account=account)
        if arrival.welcomed_at is None or not arrival.looks:
            set_state(scene, arrival, "here")
            onboard(scene, arrival)
    return present


def _yes(scene: Scene, application: Application, group: str) -> AnswerRequest:
    """That somebody has come, and nothing else, proves that it worked."""
    text = (
        f"#A{application.id} 通过了，但我没能在 QQ 里放行：可能我不是群管理员，"
        "也可能已经有人在 QQ 里处理过。请在 QQ 的加群通知里手动通过。"
    )
    return AnswerRequest(
        kind="join",
        group=group,
        account=application.account,
        flag=application.flag,
        approve=True,
        otherwise=_by_hand(scene, text),
    )


def _refuse(scene: Scene, application: Application, reason: str) -> None:
    if not waits_at_the_door(application):
        return
    enqueue(
        scene,
        AnswerRequest(
            kind="join",
            group=application.group_address,
            account=application.account,
            flag=application.flag,
            approve=False,
            reason=reason,
            otherwise=_by_hand(
                scene, f"#A{application.id}：我没能在 QQ 里拒绝，请在 QQ 的加群通知里手动处理。"
            ),
        ),
    )


def _ask(scene: Scene, application: Application) -> None:
    """In private where the bot can reach the applicant; else the refusal carries the question.

    Who was refused for an earlier question is told like others, if he can be.
    """
    if not hears_at_the_door(application):
        return
    if is_reachable(scene, application.account):
        message = Send(
            account=application.account,
            segments=(Text(text=phrasing.asked_back(application)),),
        )
        send(scene, message, application=application.id)
    else:
        asked = phrasing.asked(application, between=" ")
        asked = asked if asked.startswith("请") else f"请补充：{asked}"
        _refuse(scene, application, f"{asked}（写在验证信息里再申请一次）")
        leave_the_door(application)


def _tell_of_silence(scene: Scene, application: Application, onward: str) -> None:
    """The admins hear that the applicant does not."""
    if is_out_of_reach(scene, application):
        text = f"#A{application.id} 的申请人现在联系不上，{onward}"
        tell_admins(scene, text, application=application)


def _is_listed(scene: Scene, group: str) -> bool:
    """Who sits in the group is known; else the applicant may be in it already."""
    row = scene.session.get(Group, (scene.community_id, group))
    return row is not None and row.synced_at is not None


def _invitation(scene: Scene, application: Application, group: str) -> Invite:
    text = f"#A{application.id} 通过了，但我没能拉 ta 进群，请管理员手动邀请。"
    return Invite(group=group, account=application.account, otherwise=_by_hand(scene, text))


def _home(scene: Scene, account: str) -> str | None:
    """The first group of the community on the applicant's channel."""
    channel = account.partition(":")[0]
    own = (group for group in scene.settings.groups if group.partition(":")[0] == channel)
    return next(own, None)


def _by_hand(scene: Scene, text: str) -> Send | None:
    """To the admins' group; to one of the admins where there is none."""
    settings = scene.settings
    words = (Text(text=text),)
    if settings.admin_group is not None:
        return Send(group=settings.admin_group, segments=words)
    return next((Send(account=one, segments=words) for one in sorted(settings.admins)), None)
