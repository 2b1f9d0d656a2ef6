"""Applying for membership: told in short in a group, done in private."""

from community.actions import Send, Text
from community.courtesy import begins_politely, is_courtesy, is_polite
from community.errors import UserError
from community.notices import send
from community.posts.finding import spoken_of
from community.rights import Right, role_of
from community.vetting import drafts, filling, finding, phrasing
from community.vetting.asides import is_afresh, is_back, is_cancel, is_community_name
from community.vetting.states import ASKED
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say
from matching import fold
from storage.tables import Application

feature = Feature(
    "join",
    usage="#申请（不想申请了：#申请 取消）",
    summary="申请加入，我私聊一项一项问你",
    order=100,
    any_text=True,
)

_UNHEARD = "这句话我没有转给管理员。"
_HINT = "我私聊找你了，只有管理员看得到。没收到就直接私聊我发 #申请。"


@feature.command("join", "申请", "加入", "报到", strangers=True, prose=True)
def join(ctx: Context, call: Call) -> Reply:
    """Begin, go on with, or give up an application."""
    body = _without_name(ctx, call.body)
    if ctx.private:
        text, number = _respond(ctx, body)
        return say(text, application=number)
    try:
        text, number = _respond(ctx, body)
    except UserError as error:
        text, number = error.text, None
    _whisper(ctx, text, number)
    return say(_HINT)


@feature.private_text
def heard(ctx: Context) -> Reply | None:
    """What the applicant says to a draft, or to a question of the admins."""
    application = finding.open_of(ctx.scene, ctx.message.sender.account)
    if application is None:
        return _beginning(ctx) or _too_late(ctx)
    if _speaks_of_a_post(ctx):
        return None
    text = ctx.message.text.strip().lstrip("#＃").strip()
    if application.state not in ASKED:
        return None if ctx.known or is_polite(text) else _unheard(ctx, application)
    if not text:
        return None
    hear = drafts.hear if application.state == "draft" else drafts.answer
    return say(hear(ctx.scene, application, text), application=application.id)


def _beginning(ctx: Context) -> Reply | None:
    """A stranger writes no more than the community's name, as the bot asks where it has several."""
    if ctx.known is not None or not is_community_name(ctx.message.text, ctx.scene.settings.name):
        return None
    text, number = _respond(ctx, "")
    return say(text, application=number)


def _unheard(ctx: Context, application: Application) -> Reply:
    """Nothing that an applicant tells may vanish without a word."""
    text = f"{_UNHEARD}{phrasing.waiting(ctx.scene, application)}"
    return say(text, application=application.id)


def _too_late(ctx: Context) -> Reply | None:
    """A stranger answers what admins asked, and his application ran out of time lately."""
    scene, text = ctx.scene, ctx.message.text
    if ctx.known is not None or is_courtesy(text) or begins_politely(text):
        return None
    ended = finding.timed_out_lately(scene, ctx.message.sender.account)
    if ended is None:
        return None
    onward = phrasing.timed_out(scene, ended, finding.barred(scene, ended.account))
    return say(f"{_UNHEARD}{onward}", application=ended.id)


def _respond(ctx: Context, body: str) -> tuple[str, int | None]:
    """What the applicant is told, and the number of the application."""
    scene, account = ctx.scene, ctx.message.sender.account
    current = finding.open_of(scene, account)
    if is_cancel(body):
        if current is None:
            raise UserError("你没有进行中的申请。")
        return drafts.withdraw(scene, current), current.id
    if current is None and (member := _already(ctx, body)):
        return member, None
    if current is not None and current.state == "needs_info":
        text = drafts.answer(scene, current, body) if body else phrasing.asked_back(current)
        return text, current.id
    if current is not None and current.state == "draft" and (is_back(body) or is_afresh(body)):
        return drafts.hear(scene, current, body), current.id
    if current is not None and current.state == "submitted" and not body:
        return phrasing.waiting(scene, current), current.id
    return _draft(ctx, current, body)


def _draft(ctx: Context, current: Application | None, body: str) -> tuple[str, int]:
    """A draft to go on with, or a new one that replaces what was sent before."""
    scene, sender = ctx.scene, ctx.message.sender
    is_new = current is None or current.state != "draft"
    if current is None or is_new:
        who = drafts.Applicant(sender.account, sender.shown, ctx.message.group)
        current = drafts.begin(scene, who)
    before = dict(current.answers)
    trouble = filling.fill(scene, current, body) if body else []
    if trouble or current.answers != before:
        return "\n".join([*trouble, phrasing.question(scene, current)]), current.id
    begins = is_new and not before
    text = phrasing.opening(scene, current) if begins else phrasing.question(scene, current)
    return text, current.id


def _already(ctx: Context, body: str) -> str | None:
    """A member has nothing to apply for, but may hand in what admins still want to read."""
    if ctx.known is None or not Right("member").allows(role_of(ctx.scene, ctx.known)):
        return None
    club = ctx.scene.settings.name
    sent = finding.of_person(ctx.scene, ctx.message.sender.account)
    if sent and sent[0].state == "approved":
        when = phrasing.moment(ctx.scene, sent[0].handled_at or sent[0].updated_at)
        return f"你已经是「{club}」的成员了（#A{sent[0].id} {when} 通过）。改资料发 #名片。"
    if body:
        return None
    return (
        f"你已经是「{club}」的成员了，不用申请。改资料发 #名片。"
        f"管理员请你补一份的话，一次写完：{phrasing.example(ctx.scene)}"
    )


def _whisper(ctx: Context, text: str, number: int | None) -> None:
    """To the applicant alone; unlike other private answers never aloud in the group."""
    message = Send(
        account=ctx.message.sender.account,
        via_group=ctx.message.group,
        segments=(Text(text=text),),
    )
    send(ctx.scene, message, application=number)


def _without_name(ctx: Context, body: str) -> str:
    name = ctx.scene.settings.name
    begins = fold(body).startswith(fold(name))
    return body[len(name) :].strip(" \t\n，,：:") if begins else body


def _speaks_of_a_post(ctx: Context) -> bool:
    """The message quotes what the bot said about something else."""
    quoted, account = ctx.message.quoted, ctx.message.sender.account
    if quoted is None:
        return False
    return spoken_of(ctx.scene, lane=account, message_id=quoted.message_id) is not None
