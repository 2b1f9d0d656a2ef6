"""Members report; admins decide; both sides hear of it. Who reported is shown to nobody."""

from datetime import timedelta

from community.errors import UserError
from community.membership.covenant import check_clause
from community.membership.history import note
from community.notices import tell
from community.scene import Scene
from community.vetting.notifications import tell_admins
from community.wording import set_in
from storage.queries import counters
from storage.queries.people import people
from storage.queries.people import reports as queries
from storage.tables import Member, Report

LONGEST = 500
_A_DAY = 5


def report(
    scene: Scene, *, reporter: Member, about: Member | None, clause: int, text: str
) -> Report:
    """Keep a report and show it to the admins. Raises UserError."""
    check_clause(scene, clause)
    if not text:
        raise UserError("发生了什么？例如：#举报 第3条 @张三 昨晚连发五条广告")
    if len(text) > LONGEST:
        raise UserError(f"最多 {LONGEST} 字，超出 {len(text) - LONGEST} 字。")
    if about is not None and about.id == reporter.id:
        raise UserError("不能举报自己。")
    today = queries.count_since(scene.session, member=reporter, since=scene.now - timedelta(days=1))
    if today >= _A_DAY:
        raise UserError(f"一天最多举报 {_A_DAY} 次，急事请直接联系管理员。")
    made = Report(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="report"),
        reporter_id=reporter.id,
        about_id=None if about is None else about.id,
        clause=clause,
        text=text,
        created_at=scene.now,
    )
    scene.session.add(made)
    scene.session.flush()
    tell_admins(
        scene, f"有人举报，请处理。\n{card(scene, made)}\n{_how(made)}", but=_accounts(scene, about)
    )
    return made


def decide(scene: Scene, *, actor: Member, number: int, upheld: bool, answer: str) -> Report:
    """Uphold or dismiss a report; both sides read the result. Raises UserError."""
    made = scene.session.get(Report, (scene.community_id, number))
    if made is None:
        raise UserError(f"没有 R{number} 这条举报。发 #处理 看还没处理的。")
    if made.state != "open":
        done = "成立" if made.state == "upheld" else "不成立"
        raise UserError(f"R{number} 已经处理过了（{done}），没有改动。")
    if actor.id in (made.about_id, made.reporter_id):
        raise UserError("这条和你有关，请另一位管理员处理。")
    if not answer:
        raise UserError(f"要写上说明，双方会看到。例如：#处理 R{number} 成立 已提醒 ta")
    _settle(scene, actor, made, upheld=upheld, answer=answer)
    about = _member(scene, made.about_id)
    if about is not None:
        result = "成立" if upheld else "不成立"
        basis = scene.settings.terms.covenant.named(made.clause) if made.clause else ""
        text = f"有人举报你{'违反公约' + basis if basis else ''}，管理员认为{result}：{answer}"
        tell(scene, member=about, text=text)
    return made


def uphold_open(scene: Scene, *, actor: Member, about: Member, answer: str) -> None:
    """Uphold all open reports about somebody who has just been removed for it."""
    for made in queries.open_about(scene.session, member=about):
        _settle(scene, actor, made, upheld=True, answer=answer)


def waiting(scene: Scene, *, reader: Member) -> list[Report]:
    """Reports that nobody has decided, the oldest first, without those about the reader."""
    found = queries.waiting(scene.session, community_id=scene.community_id)
    return [one for one in found if one.about_id != reader.id]


def card(scene: Scene, made: Report) -> str:
    """A report as admins read it, without who made it."""
    basis = f"{scene.settings.terms.covenant.named(made.clause)} " if made.clause else ""
    about = _member(scene, made.about_id)
    whom = f"对 {about.shown}（M{about.id}）：" if about is not None else ""
    return f"R{made.id} {basis}{whom}{set_in(made.text)}"


def _settle(scene: Scene, actor: Member, made: Report, *, upheld: bool, answer: str) -> None:
    made.state = "upheld" if upheld else "dismissed"
    made.decided_by, made.decided_at, made.answer = actor.id, scene.now, answer
    note(scene, member_id=made.about_id or 0, verb="report", actor=actor, report=made.id,
         state=made.state)  # fmt: skip
    reporter = _member(scene, made.reporter_id)
    if reporter is not None:
        result = "成立" if upheld else "不成立"
        tell(scene, member=reporter, text=f"你的举报 R{made.id} 处理完了，{result}：{answer}")


def _accounts(scene: Scene, member: Member | None) -> list[str]:
    if member is None:
        return []
    held = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    return [account.address for account in held]


def _member(scene: Scene, number: int | None) -> Member | None:
    return None if number is None else scene.session.get(Member, (scene.community_id, number))


def _how(made: Report) -> str:
    return f"#处理 R{made.id} 成立 说明；或 #处理 R{made.id} 不成立 说明"
