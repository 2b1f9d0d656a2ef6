"""Asking the members whom an applicant named, who answer with one word."""

from community.errors import UserError
from community.notices import by_mail, tell, way_to
from community.scene import Scene
from community.vetting.checking import named_members
from community.vetting.telling import tell_admins
from storage.queries import vouchers
from storage.tables import Application, Member, Voucher


def ask(scene: Scene, application: Application) -> None:
    """Ask each of them once, in private."""
    answers = application.answers
    who = "，".join(answers[key] for key in ("name", "company", "years") if answers.get(key))
    text = (
        f"有人申请加入 {scene.settings.name}，说你认识 ta：{who}。\n"
        "认识就回「认识」，不认识就回「不认识」。只有管理员看得到。"
    )
    for member in named_members(scene, application, answers.get("voucher", "")):
        key = (scene.community_id, application.id, member.id)
        known = scene.session.get(Voucher, key)
        if known is not None or by_mail(way_to(scene, member=member) or ""):
            continue  # nobody can answer a letter with one word
        if tell(scene, member=member, text=text, application=application.id):
            scene.session.add(
                Voucher(
                    community_id=scene.community_id,
                    application_id=application.id,
                    member_id=member.id,
                    asked_at=scene.now,
                )
            )
    scene.session.flush()


def answer(
    scene: Scene, *, member: Member, knows: bool, application: Application | None = None
) -> Application | None:
    """Write down what the member says of the one application he was asked about.

    None: nobody has asked him. Raises UserError when he was asked about several and none is named.
    """
    asked = vouchers.unanswered(scene.session, community_id=scene.community_id, member_id=member.id)
    if application is not None:
        asked = [one for one in asked if one.application_id == application.id]
    if not asked:
        return None
    if len(asked) > 1:
        raise UserError("有几位申请人在等你的回答，请引用问你的那条消息回。")
    asked[0].answer, asked[0].answered_at = ("yes" if knows else "no"), scene.now
    found = scene.session.get_one(Application, (scene.community_id, asked[0].application_id))
    said = "认识" if knows else "不认识"
    tell_admins(scene, f"{member.shown} 说{said} #A{found.id} 的申请人。", application=found)
    return found
