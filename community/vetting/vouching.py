"""Asking the members whom an applicant named, who answer with one word."""

from datetime import timedelta

from community.errors import UserError
from community.notices import by_mail, tell, way_to
from community.scene import Scene
from community.vetting.checking import named_members
from community.vetting.identity import by_same_person
from community.vetting.notifications import tell_admins
from community.vetting.phrasing import TOLD_VOUCHERS
from community.vetting.states import WAITING
from community.wording import set_in
from storage.queries.vetting import vouchers
from storage.tables import Application, Member, Voucher

_SAID = {True: "yes", False: "no"}
_LONGEST = 200  # characters that are passed on
_REMEMBERED = timedelta(days=30)  # who was asked within it is not asked again


def ask(scene: Scene, application: Application) -> None:
    """Ask each of them once, in private.

    What the applicant sends anew in the same name is the same question: the one that was put
    before, and what was answered to it, hold for this application as well.
    """
    text = (
        f"有人申请加入「{scene.settings.name}」，说你认识 ta：{_who(application)}。\n"
        "认识就回「认识」，不认识就回「不认识」。只有管理员看得到。"
    )
    for member in named_members(scene, application, application.answers.get("voucher", "")):
        key = (scene.community_id, application.id, member.id)
        known = scene.session.get(Voucher, key)
        if known is not None or by_mail(way_to(scene, member=member) or ""):
            continue  # nobody can answer a letter with one word
        before = _asked_before(scene, application, member)
        if before is None and not tell(scene, member=member, text=text, application=application.id):
            continue
        scene.session.add(
            Voucher(
                community_id=scene.community_id,
                application_id=application.id,
                member_id=member.id,
                asked_at=before.asked_at if before else scene.now,
                answer=before.answer if before else "",
                answered_at=before.answered_at if before else None,
            )
        )
    scene.session.flush()


def answer(
    scene: Scene,
    *,
    member: Member,
    account: str,
    knows: bool,
    remark: str = "",
    application: Application | None = None,
) -> Application | None:
    """Write down what the member says of the one application he was asked about, or quotes.

    None: nobody has asked him. Raises UserError when he was asked about several and none is
    named, and when it is too late.
    """
    asked = _waiting_for(scene, member, application)
    if not asked and application is not None:
        asked = _answered(scene, member, application)
    if not asked:
        return None
    elsewhere = application is None and len(vouchers.awaiting(scene.session, account=account)) > 1
    if len(asked) > 1 or elsewhere:
        raise UserError("有几位申请人在等你的回答，请引用问你的那条消息回。")
    one, said = asked[0], "认识" if knows else "不认识"
    found = scene.session.get_one(Application, (scene.community_id, one.application_id))
    if one.answer == _SAID[knows] and not remark:
        return found  # the admins have read it
    again = "改口" if one.answer not in ("", _SAID[knows]) else ""
    one.answer, one.answered_at = _SAID[knows], scene.now
    what = f"：{set_in(remark[:_LONGEST])}" if remark else "。"
    tell_admins(
        scene, f"{member.shown} {again}说{said} #A{found.id} 的申请人{what}", application=found
    )
    return found


def awaits(scene: Scene, *, member: Member, application: Application | None) -> bool:
    """The member was asked, about that application if one is given, and has not answered."""
    return bool(_waiting_for(scene, member, application))


def _waiting_for(scene: Scene, member: Member, application: Application | None) -> list[Voucher]:
    asked = vouchers.unanswered(scene.session, community_id=scene.community_id, member_id=member.id)
    if application is None:
        return asked
    meant = _meant(scene, application)
    return [one for one in asked if one.application_id in meant]


def _answered(scene: Scene, member: Member, application: Application) -> list[Voucher]:
    """What the member has answered before, and may put right while it is not decided.

    Raises UserError once it is.
    """
    session, here = scene.session, scene.community_id
    meant = sorted(_meant(scene, application), reverse=True)
    asked = [one for n in meant if (one := session.get(Voucher, (here, n, member.id))) is not None]
    states = {
        one.application_id: session.get_one(Application, (here, one.application_id)).state
        for one in asked
    }
    open_ = [one for one in asked if states[one.application_id] in WAITING]
    if asked and not open_ and "superseded" not in states.values():
        raise UserError("这份申请已经结束了，不用再回，谢谢。")
    return open_[:1]


def _meant(scene: Scene, application: Application) -> set[int]:
    return {application.id, *(one.id for one in _same(scene, application))}


def _asked_before(scene: Scene, application: Application, member: Member) -> Voucher | None:
    """What the member was asked lately about the applicant, in the same words."""
    for one in _same(scene, application):
        asked = scene.session.get(Voucher, (scene.community_id, one.id, member.id))
        if asked is not None and asked.asked_at > scene.now - _REMEMBERED:
            return asked
    return None


def _same(scene: Scene, application: Application) -> list[Application]:
    """What the applicant has sent beside this, and would be asked about in the same words."""
    sent = by_same_person(scene, application)
    who = _who(application)
    return [one for one in sent if one.id != application.id and _who(one) == who]


def _who(application: Application) -> str:
    answers = application.answers
    return "，".join(answers[key] for key in TOLD_VOUCHERS if answers.get(key))
