"""A complete application goes to those who decide."""

from community.scene import Scene
from community.vetting import cards, checking, deciding, identity, phrasing, vouching
from community.vetting.notifications import tell_admins
from community.vetting.transitions import move
from storage.tables import Application


def submit(scene: Scene, application: Application) -> None:
    """From a draft to the admins; or straight in, where the roster vouches for the applicant."""
    application.submitted_at, application.asking = scene.now, ""
    move(scene, application, "submit")
    if _may_go_straight_in(scene, application):
        deciding.let_in(scene, application, None)
        text = f"#A{application.id} 名册里有这个人，按规则自动通过了。"
        tell_admins(scene, text, application=application)
        return
    show(scene, application, head="新申请")


def _may_go_straight_in(scene: Scene, application: Application) -> bool:
    """The rule is on, the roster holds exactly this person, and nothing is missing."""
    return (
        scene.settings.application.auto_approve
        and identity.in_roster(scene, application) is not None
        and not checking.missing(scene, application)
    )


def refuse(scene: Scene, application: Application, why: str) -> None:
    """Of somebody who may not apply: it is kept, and decided without bothering the admins."""
    application.submitted_at, application.asking = scene.now, ""
    move(scene, application, "submit")
    deciding.reject(scene, application=application, admin=None, reason=why)


def answer(scene: Scene, application: Application, text: str) -> None:
    """The applicant's answer to all that the admins have asked."""
    application.exchanges = [
        *application.exchanges,
        {"question": phrasing.asked(application, between=" "), "answer": text},
    ]
    application.questions, application.reminders = [], 0
    application.updated_at = scene.now
    move(scene, application, "answer")
    show(scene, application, head="补充了")


def show(scene: Scene, application: Application, *, head: str) -> None:
    """Put the card in front of the admins; whom the applicant names is asked."""
    if scene.settings.application.ask_vouchers:
        vouching.ask(scene, application)
    tell_admins(scene, cards.card(scene, application, head=head), application=application)
