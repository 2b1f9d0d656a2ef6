"""An application as admins read it. Never shown to anybody else."""

from collections.abc import Sequence

from community.rights import may
from community.scene import Scene
from community.vetting import checking, identity
from community.vetting.hooks import NOTES
from community.vetting.online import proofs
from community.vetting.phrasing import answer_lines, asked, labels, moment
from community.vetting.states import WAITING
from community.wording import set_in
from storage.queries.vetting import vouchers
from storage.tables import Application, Member

SOURCES = {
    "qq_request": "QQ 入群申请",
    "friend_request": "好友申请",
    "chat": "私聊",
    "web": "网页",
}
STATES = {
    "draft": "还没提交",
    "submitted": "待审",
    "needs_info": "等申请人补充",
    "approved": "已通过",
    "rejected": "没通过",
    "withdrawn": "申请人取消了",
    "timed_out": "超时作废",
    "superseded": "被新的申请替换",
}
ANSWERS = {"yes": "认识", "no": "不认识", "": "还没回"}
_LONGEST_COMMENT = 300
_MOST_PAST = 3


def card(scene: Scene, application: Application, *, head: str = "新申请") -> str:
    """Everything that helps to decide, and how to decide."""
    lines = [
        f"#A{application.id} {head}（{SOURCES[application.source]}）",
        *map(set_in, answer_lines(scene, application)),
        *map(set_in, said(application)),
        *_lacking(scene, application),
        *known(scene, application),
        *proofs.note(scene, application),
        *before(scene, application),
        *_how(application),
    ]
    return "\n".join(lines)


def line(scene: Scene, application: Application) -> str:
    """One line of the list of what waits."""
    answers = application.answers
    told = (answers.get("name") or application.name or "没写姓名", answers.get("company"))
    who = " · ".join(one for one in told if one)
    state = "" if application.state == "submitted" else f"（{STATES[application.state]}）"
    handed = _deciding(scene, [application.assigned_to or 0])
    to = f" · 交给 {handed[0].shown}" if handed else ""
    return f"#A{application.id} {who} · {age(scene, application)}{state}{to}"


def age(scene: Scene, application: Application) -> str:
    """How long it has been waiting: 等了 3 天, 等了 5 小时, 等了不到 1 小时."""
    waited = scene.now - (application.submitted_at or application.created_at)
    hours = int(waited.total_seconds() // 3600)
    if hours >= 24:
        return f"等了 {hours // 24} 天"
    return f"等了 {hours} 小时" if hours else "等了不到 1 小时"


def said(application: Application) -> list[str]:
    """What the applicant has said beside the answers, and what he was asked."""
    lines = []
    if address := checking.mail_of(application.account):
        lines.append(f"邮箱：{address}（验证过）")
    if application.comment:
        lines.append(f"原话：{application.comment[:_LONGEST_COMMENT]}")
    for exchange in application.exchanges:
        lines += [f"问：{exchange['question']}", f"答：{exchange['answer']}"]
    if application.state == "needs_info":
        lines.append(f"还在等 ta 回答：{asked(application, between=' ')}")
    return lines


def _lacking(scene: Scene, application: Application) -> list[str]:
    lacking = checking.missing(scene, application)
    return [f"还缺：{labels(lacking)}，补上才能通过"] if lacking else []


def _too_few_vouchers(scene: Scene, application: Application) -> list[str]:
    """Whom the proof names in truth, where it falls short: the applicant is not told."""
    wanted = scene.settings.application.proof_vouchers
    if not wanted or all(one.key != "proof" for one in checking.missing(scene, application)):
        return []
    named = checking.vouchers(scene, application)
    who = "、".join(one.shown for one in named) or "没有"
    return [f"作证的成员要 {wanted} 位，名册里认出的：{who}"]


def known(scene: Scene, application: Application) -> list[str]:
    """Who he may be, who may know him, and what admins are warned of."""
    lines = []
    doubles = identity.possible_duplicates(scene, application)
    roster = identity.in_roster(scene, application, among=doubles)
    for one in doubles:
        same = (
            "名册里有这个人，还没有账号，通过后就是 ta" if one is roster else "已有同名同公司的成员"
        )
        lines.append(f"{same}：{one.shown} · {one.company}")
    found = identity.acquaintances(scene, application)
    if found:
        told = "、".join(f"{one.member.shown}（{one.why}）" for one in found)
        lines.append(f"可能认识 ta：{told}")
    lines += _too_few_vouchers(scene, application)
    lines += [*vouched(scene, application), *_agreed(scene, application)]
    for note in NOTES:
        lines += note(scene, application)
    return lines


def vouched(scene: Scene, application: Application) -> list[str]:
    """What the vouchers have said who were asked."""
    asked = vouchers.of(
        scene.session, community_id=scene.community_id, application_id=application.id
    )
    replies = "、".join(f"{_name(scene, one.member_id)} {ANSWERS[one.answer]}" for one in asked)
    return [f"问过担保人：{replies}"] if asked else []


def _agreed(scene: Scene, application: Application) -> list[str]:
    """Who is for it already, where one admin is not enough."""
    for_it = agreed(scene, application)
    names = "、".join(one.shown for one in for_it)
    left = scene.settings.application.approvals - len(for_it)
    return [f"已经同意：{names}，还差 {left} 位管理员"] if names and left > 0 else []


def before(scene: Scene, application: Application) -> list[str]:
    """What became of his applications until now."""
    lines = []
    for one in identity.past(scene, application)[:_MOST_PAST]:
        why = f"：{one.reason}" if one.reason else ""
        lines.append(f"以前：#A{one.id} {moment(scene, one.created_at)} {STATES[one.state]}{why}")
    if application.repeats >= scene.settings.application.warn_at:
        lines.append(f"注意：这是没成之后的第 {application.repeats} 次重复申请")
    return lines


def agreed(scene: Scene, application: Application) -> list[Member]:
    """The admins who are for it; who is none any more speaks for nobody."""
    return _deciding(scene, application.approvals)


def _deciding(scene: Scene, ids: Sequence[int]) -> list[Member]:
    known = (scene.session.get(Member, (scene.community_id, id_)) for id_ in ids)
    return [one for one in known if one is not None and may(scene, one, "approve")]


def _how(application: Application) -> list[str]:
    """The commands, while they would be carried out."""
    if application.state not in WAITING:
        return []
    number = application.id
    return [
        f"#通过 A{number} · #拒绝 A{number} 理由 · #补充 A{number} 问题 · #转 A{number} @管理员"
    ]


def _name(scene: Scene, member_id: int) -> str:
    member = scene.session.get(Member, (scene.community_id, member_id))
    return "" if member is None else member.shown
