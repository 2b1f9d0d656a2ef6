"""What was written on a page becomes an application like any other."""

from dataclasses import dataclass
from typing import Literal

from community.rights import Right, role_of
from community.scene import Scene
from community.signing_in.mail import member_of
from community.vetting import drafts, finding, letters, phrasing, submitting
from community.vetting.notifications import tell_applicant
from community.vetting.online import forms, proofs
from community.vetting.states import WAITING
from storage.tables import Application, JoinForm


@dataclass(frozen=True)
class Obstacle:
    """Why it is not sent, in words; ``waiting`` can be overcome by taking the other's place."""

    kind: Literal["member", "barred", "waiting", "often"]
    text: str


def obstacle(scene: Scene, form: JoinForm) -> Obstacle | None:
    """What stands in the way. Told only to whoever has shown that the address is his."""
    if not form.confirmed:
        return None
    if is_member(scene, form):
        return Obstacle("member", f"你已经是「{scene.settings.name}」的成员了，直接登录就行。")
    if why := finding.barred(scene, form.account):
        return Obstacle("barred", why)
    current = finding.open_of(scene, form.account)
    if current and current.state in WAITING and current.id != form.application_id:
        since = phrasing.moment(scene, current.submitted_at or current.created_at)
        text = f"你已经有一份申请 #A{current.id}（{since} 提交）在等管理员看。"
        return Obstacle("waiting", text)
    if drafts.too_often(scene, form.account):
        return Obstacle("often", f"一天最多提交 {drafts.PER_DAY} 次，明天再来，内容都留着。")
    return None


def is_member(scene: Scene, form: JoinForm) -> bool:
    """The address is a member's already, and proven to be his."""
    member = member_of(scene, account=form.account) if form.confirmed else None
    return member is not None and Right("member").allows(role_of(scene, member))


def submit(scene: Scene, form: JoinForm, *, replace: bool = False) -> Application | None:
    """Send it; None: it is not complete, the address is not confirmed, or something is in the way.

    Sent twice without a change, as by two clicks, it is one application.
    """
    answers = forms.sendable(scene, form)
    current = finding.open_of(scene, form.account) if form.confirmed else None
    if current and current.id == form.application_id and current.answers == answers:
        return current
    if not form.confirmed or forms.troubles(scene, form):
        return None
    found = obstacle(scene, form)
    if found is not None and not (replace and found.kind == "waiting"):
        return None
    who = drafts.Applicant(form.account, answers["name"])
    application = drafts.begin(scene, who, source="web")
    application.answers, application.updated_at = answers, scene.now
    form.application_id, form.updated_at = application.id, scene.now
    scene.session.flush()
    proofs.hand_in(scene, form, application)
    submitting.submit(scene, application)
    if application.state == "submitted":
        receipt = phrasing.submitted(application)
        tell_applicant(scene, application, receipt, letters.received(scene, application))
    return application
