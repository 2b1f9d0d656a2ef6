"""Posting without a name: shown as it will be read, and published once the author says so."""

import re

from community.anonymity import posting
from community.anonymity.posting import Preview
from community.errors import UserError
from community.group_names import group_names
from community.posts import collecting
from community.rights import may
from community.wording import KINDS
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.parse import parse
from handlers.framework.reply import Reply, say
from matching import fold

feature = Feature(
    "anonymous",
    usage="#匿名 求 在看新机会，想聊聊数据方向（只在私聊）",
    summary="不露名字发需求或供给，同公司的人看不到",
    order=46,
    discreet=True,
)

_CONFIRMS = frozenset({"发布", "发布吧", "确认发布", "确定发布", "publish"})
_REFUSES = frozenset({"不发", "不发了", "取消", "算了"})
_ALOUD = (
    "#匿名 只能私聊我发。刚才那句是在群里说的，大家都看到了：要紧的话尽快撤回那条消息。"
    "什么都没有保存。私聊我发：#匿名 求 加内容。"
)
_DROPPED = "好，没有发布，也没有保存。"
_UNKIND = "是求还是供？写成 #匿名 求 加内容，或 #匿名 供 加内容。什么都没有保存。"
_OPENS = re.compile(r"[#＃﹟]?")


@feature.command("anonymous", "匿名", prose=True)
def anonymous(ctx: Context, call: Call) -> Reply:
    """Show what would be read, and ask."""
    ctx.discretion.kept = True
    if not ctx.private:
        raise UserError(_ALOUD, private=True)
    if _bare(call.body) in _CONFIRMS:
        return _published(ctx)
    if _bare(call.body) in _REFUSES:
        posting.forget(ctx.scene, person=ctx.member)
        return say(_DROPPED)
    kind, text = _read(ctx, call.body)
    return say(_asked(ctx, posting.prepare(ctx.scene, person=ctx.member, kind=kind, text=text)))


@feature.private_text
def confirm(ctx: Context) -> Reply | None:
    """The answer to that; to anybody else such a word says nothing."""
    said = _bare(ctx.message.text)
    if ctx.known is None or said not in _CONFIRMS | _REFUSES:
        return None
    if not posting.waiting(ctx.scene, person=ctx.known):
        return None
    if not may(ctx.scene, ctx.known, "anonymous"):
        return None
    ctx.discretion.kept = True
    if said in _CONFIRMS:
        return _published(ctx)
    posting.forget(ctx.scene, person=ctx.member)
    return say(_DROPPED)


def _read(ctx: Context, body: str) -> tuple[str, str]:
    """Need or offer, and the words. Raises UserError."""
    if not body:
        raise UserError("想发什么？例如：#匿名 求 在看新机会，想聊聊数据方向。")
    tagged = _OPENS.sub("#", body, count=1)
    alone = ctx.message.model_copy(update={"text": tagged, "quoted": None})
    call = parse(alone, ctx.features)
    if call is not None and call.command.posts and call.command.feature.name in KINDS:
        if call.mixed:
            raise UserError("一条里既有需求又有供给，没有保存：请分成两条发。")
        return call.command.feature.name, call.body
    kind = collecting.guess(body)
    if kind is None:
        raise UserError(_UNKIND)
    return kind, body


def _asked(ctx: Context, preview: Preview) -> str:
    draft = preview.draft
    where = f"在「{ctx.club}」" if ctx.club else ""
    lines = [f"还没有发布。{where}大家会看到的{KINDS[draft.kind]}：", f"｜{draft.alias}"]
    lines += [f"｜{line}" for line in draft.text.splitlines()]
    if preview.removed:
        lines.append(f"去掉了：{'、'.join(preview.removed)}")
    lines += [_hidden(preview), _announced(ctx, preview)]
    lines.append("别的话里认得出你的，自己再看一遍：发出去就收不回来。")
    # Bare words go to the community in which he spoke last.
    yes, no = (f"#匿名 {ctx.club} {one}" if ctx.club else one for one in ("发布", "取消"))
    lines.append(f"就这样发，回 {yes}（一小时内有效）；要改，重新发 #匿名；不发了，回 {no}。")
    if ctx.club:
        lines.append("要在你的另一个社群发：#匿名 社群名 求 加内容。")
    return "\n".join(lines)


def _hidden(preview: Preview) -> str:
    if not preview.employers:
        return "你没写公司，没法对同事隐藏：要隐藏就先发 #名片 公司 加公司名，再重新发。"
    names = "、".join(preview.employers)
    known = f"（现在有 {preview.colleagues} 位）" if preview.colleagues else ""
    return f"公司写「{names}」的成员{known}看不到。没写公司的人，我认不出是不是你同事。"


def _announced(ctx: Context, preview: Preview) -> str:
    names = group_names(ctx.scene, preview.groups)
    told = "、".join(f"「{names[one]}」" for one in preview.groups)
    if not preview.groups:
        why = "群里都有你的同事" if preview.closed else "没有可以说的群"
        return f"{why}，不会在群里说，只放进资源池，别人找得到。"
    but = f"；另外 {len(preview.closed)} 个群有你的同事，不在那里说" if preview.closed else ""
    return f"会在{told}里说{but}。"


def _published(ctx: Context) -> Reply:
    done = posting.publish(ctx.scene, person=ctx.member)
    post = done.published.post
    where = f"，在 {len(done.groups)} 个群里说了" if done.groups else "，没有在群里说"
    return say(
        f"匿名发布了 #{post.id} {KINDS[post.kind]}：{post.title}（{done.alias.shown}）{where}。\n"
        f"有人想认识你，我私下问你；你答应之前，ta 不知道你是谁。\n"
        f"在私聊里：撤下 #撤 {post.id} · 办成 #搞定 {post.id} · 改 #改 {post.id} 新内容"
    )


def _bare(text: str) -> str:
    return fold(text).strip("#＃ 。.！!~～")
