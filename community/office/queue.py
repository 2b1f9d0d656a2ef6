"""What waits for a decision, laid out so that one can decide."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community.errors import UserError
from community.form import FormField
from community.office.double_clicks import WITHIN
from community.office.history import Entry, in_words
from community.scene import Scene
from community.vetting import cards, checking, deciding
from community.vetting.notifications import spread
from community.vetting.states import WAITING
from storage.queries import audit
from storage.queries.vetting import applications, proofs
from storage.tables import Application, Member, Proof

PAGE = 10


@dataclass(frozen=True)
class Sight:
    """An application as the pages show it: the same words as the card in the chat."""

    application: Application
    title: str
    source: str
    state: str
    age: str
    answers: Sequence[tuple[str, str]]
    notes: Sequence[str]
    lacking: Sequence[FormField]
    proofs: Sequence[Proof]
    waits: bool


@dataclass(frozen=True)
class Page:
    """Some of those who wait, the oldest first."""

    sights: Sequence[Sight]
    total: int
    onward: int  # the number behind which the next page begins; 0: there is none


def page(scene: Scene, *, after: int = 0) -> Page:
    """Those behind a number."""
    session, here = scene.session, scene.community_id
    found = applications.page_in(
        session, community_id=here, states=WAITING, after=after, limit=PAGE + 1
    )
    total = applications.count_in(session, community_id=here, states=WAITING)
    shown = found[:PAGE]
    return Page(
        [sight(scene, one) for one in shown], total, shown[-1].id if len(found) > PAGE else 0
    )


def sight(scene: Scene, application: Application) -> Sight:
    """Everything about one of them."""
    answers = application.answers
    fields = [one for one in scene.settings.application.asked if answers.get(one.key)]
    told = (answers.get("name") or application.name or "没写姓名", answers.get("company", ""))
    waits = application.state in WAITING
    known = cards.known if waits else cards.vouched  # advice is for those who still decide
    handed_in = proofs.of_application(
        scene.session, community_id=scene.community_id, application_id=application.id
    )
    return Sight(
        application=application,
        title=" · ".join(one for one in told if one),
        source=cards.SOURCES[application.source],
        state=cards.STATES[application.state],
        age=cards.age(scene, application),
        answers=[(one.shown, answers[one.key]) for one in fields],
        notes=[
            *cards.said(application),
            *known(scene, application),
            *cards.before(scene, application),
        ],
        lacking=checking.missing(scene, application),
        proofs=handed_in,
        waits=waits,
    )


def history(scene: Scene, application: Application) -> list[Entry]:
    """What happened to it, in order."""
    rows = audit.of(
        scene.session,
        community_id=scene.community_id,
        subject="application",
        subject_id=application.id,
    )
    return in_words(scene, rows)


def approve(
    scene: Scene, *, application: Application, admin: Member, values: dict[str, str] | None = None
) -> str:
    """Let the applicant in; gives what was done in words. Raises UserError."""
    number = application.id
    try:
        done = deciding.approve(scene, application=application, admin=admin, values=values)
    except deciding.LackingError as error:
        names = "、".join(one.shown for one in error.fields)
        raise UserError(
            f"#A{number} 还缺 {names}，不能通过。请 ta 补充，或打开这一份替 ta 补上。"
        ) from None
    if not done:
        left = scene.settings.application.approvals - len(application.approvals)
        text = f"#A{number} 记下 {admin.shown} 同意，还差 {left} 位管理员。"
        spread(scene, application, text)
        return text
    spread(scene, application, f"#A{number} 由 {admin.shown} 通过了。")
    return f"已通过 #A{number} {application.answers.get('name', '')}".rstrip() + "。"


def reject(scene: Scene, *, application: Application, admin: Member, reason: str) -> str:
    """Turn the applicant down; gives what was done in words. Raises UserError."""
    deciding.reject(scene, application=application, admin=admin, reason=reason)
    spread(scene, application, f"#A{application.id} 由 {admin.shown} 拒绝了：{application.reason}")
    return f"已拒绝 #A{application.id}，理由会告诉 ta。"


def ask(scene: Scene, *, application: Application, admin: Member, question: str) -> str:
    """Ask the applicant for more; gives what was done in words. Raises UserError."""
    question = deciding.effective_question(scene, application, question)
    if not question:
        raise UserError("想问什么？写一句，例如：你在哪个部门？")
    if not _was_just_asked(scene, application, question):
        deciding.ask(scene, application=application, admin=admin, question=question)
        spread(scene, application, f"#A{application.id} 由 {admin.shown} 请申请人补充了。")
    return f"已经问 #A{application.id} 的申请人，ta 的回答会写在这一份里。"


def _was_just_asked(scene: Scene, application: Application, question: str) -> bool:
    """Clicked once more before the page came; days later the same question is a reminder."""
    waits = application.state == "needs_info" and question in application.questions
    return waits and scene.now - application.updated_at < WITHIN


def numbers(typed: Collection[str]) -> list[int]:
    """The numbers of a form, each once, the smallest first; what is none is left out."""
    return sorted({int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 10})
