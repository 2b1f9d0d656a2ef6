"""What admins do with an application. Each function raises UserError and then changes nothing."""

from collections.abc import Mapping, Sequence

from community.errors import UserError
from community.form import FormField
from community.membership import blacklist
from community.notices import tell
from community.rights import may
from community.scene import Scene
from community.vetting import cards, checking, finding, letters, phrasing
from community.vetting.admitting import admit
from community.vetting.clock import DAY
from community.vetting.notifications import letter_for_admin, tell_applicant
from community.vetting.phrasing import labels
from community.vetting.reach import is_out_of_reach
from community.vetting.states import WAITING
from community.vetting.transitions import move, note
from storage.queries.people import people
from storage.queries.vetting import applications
from storage.tables import Application, Member

LONGEST_REASON = 300
MOST_QUESTIONS = 5  # that wait for an answer at one time


class LackingError(UserError):
    """Required answers are missing; the text tells what an admin can do in the chat."""

    def __init__(self, application: Application, fields: Sequence[FormField]) -> None:
        self.fields = tuple(fields)
        names, number = labels(list(fields)), application.id
        super().__init__(
            f"#A{number} 还缺 {names}，不能通过。请 ta 补：#补充 A{number}；"
            f"你知道就代填：#通过 A{number} {fields[0].shown} …"
        )


def approve(
    scene: Scene,
    *,
    application: Application,
    admin: Member,
    values: Mapping[str, str] | None = None,
) -> bool:
    """Let the applicant in; gives whether that is done (False: another admin must agree).

    ``values`` are answers that the admin fills in. Never without the required data. Fires the
    hooks with ``approve``.
    """
    check_waiting(scene, application)
    _check_not_own(scene, application, admin)
    _check_not_barred(scene, application)
    _fill_in(scene, application, values or {})
    lacking = checking.missing(scene, application)
    if lacking:
        raise LackingError(application, lacking)
    wanted = scene.settings.application.approvals
    agreed = [one.id for one in cards.agreed(scene, application)]
    if admin.id in agreed and len(agreed) < wanted:
        raise UserError(f"#A{application.id} 你已经同意过了，还要另一位管理员。")
    application.approvals = list(dict.fromkeys([*agreed, admin.id]))
    if len(application.approvals) < wanted:
        note(scene, application, "agree", actor=admin)
        return False
    let_in(scene, application, admin)
    return True


def let_in(scene: Scene, application: Application, admin: Member | None) -> None:
    """Approve what has been checked; without an admin a rule did it."""
    admitted = admit(scene, application)
    # The good news first: what the hooks send him speaks to a member.
    news = phrasing.approved(scene, application)
    tell_applicant(scene, application, news, letters.approved(scene, application))
    move(scene, application, "approve", actor=admin, admitted=admitted)


def reject(scene: Scene, *, application: Application, admin: Member | None, reason: str) -> None:
    """Refuse the applicant, who is told the reason. Fires the hooks with ``reject``."""
    check_waiting(scene, application)
    if not reason.strip():
        raise UserError("要写上理由，申请人会看到。")
    if len(reason) > LONGEST_REASON:
        raise UserError(f"理由最多 {LONGEST_REASON} 字，超出 {len(reason) - LONGEST_REASON} 字。")
    application.reason = reason.strip()
    move(scene, application, "reject", actor=admin)
    barred = finding.barred(scene, application.account)
    news = phrasing.rejected(scene, application, barred)
    tell_applicant(scene, application, news, letters.rejected(scene, application, barred))


def ask(scene: Scene, *, application: Application, admin: Member, question: str) -> None:
    """Ask the applicant for more, beside what others have asked: the ``effective_question``.

    An applicant by chat is asked in private. The one behind a ``qq_request`` cannot be reached:
    the hook answers the request by a refusal that holds the question, and the next request of
    the same account brings the answer. Fires the hooks with ``ask``.
    """
    check_waiting(scene, application)
    if not question:
        raise UserError(f"想问什么？例如：#补充 A{application.id} 你在哪个部门？")
    if len(question) > LONGEST_REASON:
        over = len(question) - LONGEST_REASON
        raise UserError(f"问题最多 {LONGEST_REASON} 字，超出 {over} 字。")
    if is_out_of_reach(scene, application):
        raise UserError(
            f"#A{application.id} 的申请人现在联系不上：上一个问题写在 QQ 的拒绝里，"
            "等 ta 再申请时再问。"
        )
    if question not in application.questions:  # else it is a reminder
        if len(application.questions) >= MOST_QUESTIONS:
            raise UserError(f"已经有 {MOST_QUESTIONS} 个问题在等 ta 回答，等 ta 答了再问。")
        application.questions = [*application.questions, question]
    application.reminders = 0
    application.updated_at = scene.now  # the applicant's time begins with the question
    move(scene, application, "ask", actor=admin)
    application.due_at = scene.now + DAY
    text = phrasing.asked_back(application)
    tell_applicant(scene, application, text, letters.asked_back(scene, application))


def effective_question(scene: Scene, application: Application, typed: str) -> str:
    """What the applicant is asked: what was typed, else for what is missing; or nothing."""
    if question := typed.strip():
        return question
    lacking = checking.missing(scene, application)
    return f"请补上：{labels(lacking)}" if lacking else ""


def hand_over(scene: Scene, *, application: Application, admin: Member, to: Member) -> None:
    """Make it the business of another admin, who gets the card in private."""
    check_waiting(scene, application)
    if not may(scene, to, "approve"):
        raise UserError(f"{to.shown} 不是管理员，没有转。")
    application.assigned_to = to.id
    note(scene, application, "hand_over", actor=admin)
    text = cards.card(scene, application, head=f"{admin.shown} 转给你")
    letter = letter_for_admin(scene, text, number=application.id)
    tell(scene, member=to, text=text, letter=letter, application=application.id)


def check_waiting(scene: Scene, application: Application) -> None:
    """Raises UserError, with who did what when, unless it waits for a decision."""
    if application.state in WAITING:
        return
    if application.state == "draft":
        raise UserError(f"#A{application.id} 还没提交，等申请人确认后才能审。")
    when = phrasing.moment(scene, application.handled_at or application.updated_at)
    raise UserError(f"#A{application.id} {_what(scene, application, when)}，没有改动。")


def _what(scene: Scene, application: Application, when: str) -> str:
    if application.state == "superseded":
        newer = applications.by_applicant(
            scene.session, community_id=scene.community_id, account=application.account
        )
        return f"在 {when} 被新的申请 #A{newer[0].id} 替换了"
    if application.state in ("approved", "rejected"):
        done = "通过" if application.state == "approved" else "拒绝"
        admin = scene.session.get(Member, (scene.community_id, application.handled_by or 0))
        if admin is None:
            return f"在 {when} 按规则自动{done}了"
        return f"已经由 {admin.shown} 在 {when} {done}了"
    return f"在 {when} {cards.STATES[application.state]}"


def _check_not_own(scene: Scene, application: Application, admin: Member) -> None:
    """Neither what he sent as a member, nor what he sent before he was one."""
    holder = people.by_account(
        scene.session, community_id=scene.community_id, account=application.account
    )
    if application.member_id == admin.id or (holder is not None and holder.id == admin.id):
        raise UserError("不能通过自己的申请，请另一位管理员来。")


def _check_not_barred(scene: Scene, application: Application) -> None:
    """He may have been barred after he applied."""
    barred = blacklist.blacklisted(
        scene.session, community_id=scene.community_id, account=application.account
    )
    if barred is not None:
        way = f"要放行，先发 #解除 M{barred.member_id}。" if barred.member_id else ""
        raise UserError(f"#A{application.id} 的申请人在黑名单里，不能通过。{way}")


def _fill_in(scene: Scene, application: Application, values: Mapping[str, str]) -> None:
    rules = scene.settings.application
    for key, value in values.items():
        field = rules.field(key)
        trouble = checking.wrong(field, value) if field else None
        if trouble:
            raise UserError(trouble)
    application.answers = {**application.answers, **values}
