"""Guiding an applicant in private: one question at a time, or all in one line.

Where the conversation stands is in the database, so it goes on after a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from community.courtesy import is_courtesy
from community.errors import UserError
from community.form import FormField
from community.scene import Scene
from community.vetting import checking, filling, finding, phrasing, reading, submitting
from community.vetting.asides import EDGES, aside, is_afresh, is_back, is_cancel
from community.vetting.notifications import tell_admins
from community.vetting.transitions import move
from matching import fold
from storage.queries import counters
from storage.queries.people import people
from storage.tables import Application

_YES = frozenset(
    {"确认", "确定", "确认提交", "提交", "是", "是的", "对", "对的", "没错", "没问题", "好", "好的",
     "可以", "同意", "嗯", "ok", "yes", "y"}
)  # fmt: skip
LONGEST_ANSWER = 1000
PER_DAY = 5  # applications of one person


@dataclass(frozen=True)
class Applicant:
    """Who applies, and where he was met."""

    account: str
    name: str = ""
    group: str | None = None


def begin(scene: Scene, who: Applicant, *, source: str = "chat") -> Application:
    """A new draft, which takes the place and the answers of one that is open. Raises UserError."""
    if why := finding.barred(scene, who.account):
        raise UserError(why, private=True)
    return create(scene, who, source=source)


def create(scene: Scene, who: Applicant, *, source: str) -> Application:
    """The row itself, whether or not the person may apply."""
    session, community_id = scene.session, scene.community_id
    old = finding.open_of(scene, who.account)
    member = people.by_account(session, community_id=community_id, account=who.account)
    application = Application(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="application"),
        source=source,
        account=who.account,
        name=who.name,
        group_address=who.group,
        member_id=None if member is None else member.id,
        answers=_kept(scene, who, source),
        repeats=finding.repeats(scene, who.account),
        created_at=scene.now,
        updated_at=scene.now,
    )
    if old is not None:
        _inherit(application, old)
        move(scene, old, "supersede")
    session.add(application)
    session.flush()
    filling.set_next_question(scene, application)
    return application


def hear(scene: Scene, application: Application, text: str) -> str:
    """The applicant said something to his draft; gives what he is answered."""
    if is_cancel(text):
        return withdraw(scene, application)
    if is_back(text):
        trouble = _step_back(scene, application)
    elif is_afresh(text):
        trouble, application.answers = [], {}
    elif application.asking == "confirm":
        return _confirm(scene, application, text)
    else:
        trouble = _answer(scene, application, text)
    filling.set_next_question(scene, application)
    return "\n".join([*trouble, phrasing.question(scene, application)])


def withdraw(scene: Scene, application: Application) -> str:
    """The applicant gives up."""
    waited = application.state != "draft"
    move(scene, application, "withdraw")
    if waited:
        text = f"#A{application.id} 申请人自己取消了。"
        tell_admins(scene, text, application=application)
    return f"好，申请 #A{application.id} 取消了。想加入随时再发 #申请。"


def answer(scene: Scene, application: Application, text: str) -> str:
    """The applicant answers what the admins asked; gives what he is told."""
    if is_cancel(text):
        return withdraw(scene, application)
    if is_courtesy(text):
        return phrasing.asked_back(application)
    if len(text) > LONGEST_ANSWER:
        return f"最多 {LONGEST_ANSWER} 字，超出 {len(text) - LONGEST_ANSWER} 字，请精简一下再发。"
    take_answer(scene, application, text)
    return f"收到，已经转给管理员，#A{application.id} 有结果我会告诉你。"


def take_answer(scene: Scene, application: Application, text: str) -> None:
    """What the admins asked is answered, and they have it before them again."""
    lacking = checking.missing(scene, application)
    values: Mapping[str, str] = reading.labelled(text, scene.settings.application)
    if not values and len(lacking) == 1:
        values = _gap(scene, lacking[0], text)
    filling.take(scene, application, values)
    submitting.answer(scene, application, text.strip())


def was_answered(application: Application, text: str) -> bool:
    """Clicked twice: the admins have this answer already."""
    told = application.exchanges[-1]["answer"] if application.exchanges else ""
    return application.state != "needs_info" and told == text


def why_untimely(application: Application, *, read: str) -> str:
    """Why nothing is answered that is asked now, or not the questions that were ``read``: meanwhile
    something happened. Empty: the answer is in time.
    """
    if application.state != "needs_info":
        return "这份申请现在不在等你回答，这段话没有发给管理员。"
    if read and read.split() != phrasing.asked(application).split():
        return "管理员刚刚又问了别的，还没有发。看一下现在的问题，一起写好再发。"
    return ""


def _inherit(application: Application, old: Application) -> None:
    """A platform that waits for an answer gets the one of the new application."""
    if old.flag and old.group_address is not None:
        application.flag, application.sub_type = old.flag, old.sub_type
        application.group_address, application.comment = old.group_address, old.comment


def _kept(scene: Scene, who: Applicant, source: str) -> dict[str, str]:
    """What the person wrote last, unless it led to something or was given up.

    A platform's request has no room to say again what was vetted once.
    """
    sent = finding.of_person(scene, who.account)
    if not sent or sent[0].state == "withdrawn":
        return {}
    if sent[0].state == "approved" and source != "qq_request":
        return {}
    return {key: value for key, value in sent[0].answers.items() if key != "consent"}


def _confirm(scene: Scene, application: Application, text: str) -> str:
    word = fold(text).strip(EDGES)
    if word in _YES:
        if too_often(scene, application.account):
            return f"一天最多提交 {PER_DAY} 次，明天再回「确认」吧，内容都留着。"
        if scene.settings.application.field("consent"):
            application.answers = {**application.answers, "consent": "是"}
        submitting.submit(scene, application)
        return _receipt(scene, application)
    rules = scene.settings.application
    values = reading.changed(text, rules) or reading.labelled(text, rules)
    if not values:
        return f"没看懂。对就回「确认」，要改就写「{_example(scene)}」。{phrasing.CANCEL}"
    trouble = filling.take(scene, application, values)
    return "\n".join([*trouble, phrasing.question(scene, application)])


def too_often(scene: Scene, account: str) -> bool:
    """Today's have all been sent, before he had himself erased and after."""
    return finding.sent_lately(scene, account) >= PER_DAY


def _receipt(scene: Scene, application: Application) -> str:
    if application.state == "approved":
        return "名册里找到了你，不用等管理员。"
    lines = [phrasing.submitted(application), phrasing.warning(scene, application)]
    return "\n".join(line for line in lines if line)


def _answer(scene: Scene, application: Application, text: str) -> list[str]:
    """Take the text as the answer to the question, or as more than that."""
    rules = scene.settings.application
    field = rules.field(application.asking) or rules.asked[0]
    match aside(text, field):
        case "word":
            return []
        case "question":
            return [phrasing.about(field)]
    values = reading.changed(text, rules) or _several(scene, field, text)
    if values:
        return filling.take(scene, application, values)
    if reading.says_nothing(text, field):
        if field.required:
            return [checking.wrong(field, "") or ""]
        application.answers = {**application.answers, field.key: ""}
        application.updated_at = scene.now
        return []
    found = reading.answered(text, field, scene.analyser)
    open_ = {key: one for key, one in found.items() if not application.answers.get(key)}
    return filling.take(scene, application, {**open_, field.key: found[field.key]})


def _step_back(scene: Scene, application: Application) -> list[str]:
    """Ask once more what was asked before; gives a word where nothing was."""
    keys = [one.key for one in scene.settings.application.asked]
    here = keys.index(application.asking) if application.asking in keys else len(keys)
    if here == 0:
        return ["这已经是第一项了。"]
    before = keys[here - 1]
    application.answers = {key: one for key, one in application.answers.items() if key != before}
    application.updated_at = scene.now
    return []


def _gap(scene: Scene, field: FormField, text: str) -> Mapping[str, str]:
    """The one thing that was missing, unless the applicant asks something himself."""
    return {} if aside(text, field) else reading.answered(text.strip(), field, scene.analyser)


def _several(scene: Scene, field: FormField, text: str) -> Mapping[str, str]:
    """The fields that one answer names; a lone word in it is no name of another field."""
    rules = scene.settings.application
    found = reading.labelled(text, rules)
    if len(found) > 1 or set(found) == {field.key}:
        return found
    if other := reading.corrected(text, field, rules, scene.analyser):
        return other
    if field is rules.asked[0] and not found:
        guessed = reading.read(text, rules, scene.analyser)
        return guessed if len(guessed) > 1 and field.key in guessed else {}
    return {}


def _example(scene: Scene) -> str:
    return f"{scene.settings.application.asked[-1].shown} 新内容"
