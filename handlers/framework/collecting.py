"""Keeping a quoted message as a post: #收, or a bare #need or #offer under a quote."""

from community import actions
from community.errors import UserError
from community.members.people import account_in_group
from community.notices import tell
from community.posts import collecting
from community.posts.publishing import Published
from community.updates import Quoted
from handlers.framework.context import Context
from handlers.framework.parse import parse
from handlers.framework.receipts import Part, receipt
from handlers.framework.reply import Reply
from storage.tables import Member

_NO = "不同意就引用这条回「不要」"


def collect(ctx: Context, *, kind: str | None) -> Reply:
    """Store the quoted words for their author, and ask him. Raises UserError.

    Without a ``kind`` it is the one that they sound like.
    """
    quoted = _check(ctx)
    heard, text = _words(ctx, quoted)
    kind = kind or heard
    if kind is None:
        raise UserError("看不出是需求还是供给：引用它发 #求（需求）或 #供（供给）。")
    published = collecting.collect(
        ctx.scene,
        collector=ctx.member,
        quoted=quoted,
        group=ctx.message.group,
        kind=kind,
        text=text,
    )
    asked = () if published.post.collected_by is None else _ask(ctx, published)
    return receipt(ctx.scene, published, private=ctx.private, closing=asked)


def _words(ctx: Context, quoted: Quoted) -> tuple[str | None, str]:
    """Kind and text of the quoted message; it may open with a tag that went unheard."""
    alone = ctx.message.model_copy(update={"text": quoted.text, "quoted": None})
    call = parse(alone, ctx.features)
    if call is not None and call.command.posts and call.body:
        return call.command.feature.name, call.body
    return collecting.guess(quoted.text), quoted.text.strip()


def _check(ctx: Context) -> Quoted:
    """The quoted message, if it can be kept. Raises UserError."""
    message = ctx.message
    quoted = message.quoted
    if quoted is None:
        raise UserError("引用一条消息再发 #收，我就替作者记下。自己要发，写 #求 或 #供 加内容。")
    lane = message.group or message.sender.account
    collecting.check_new(ctx.scene, quoted=quoted, lane=lane, group=message.group)
    if quoted.account == message.channel:
        raise UserError("这是我说的话，没什么可记的。")
    if not quoted.text.strip():
        raise UserError("看不到被引用的那条消息写了什么，请作者自己发 #求 或 #供 加内容。")
    if not quoted.account:
        raise UserError("看不出被引用的那条消息是谁发的，请作者自己发 #求 或 #供 加内容。")
    return quoted


def _ask(ctx: Context, published: Published) -> tuple[Part, ...]:
    """A real mention, or a private word to a member who wants none or is not there."""
    post = published.post
    author = ctx.scene.session.get_one(Member, (ctx.scene.community_id, post.author_id))
    group = ctx.message.group
    account = group and not author.muted and account_in_group(ctx.scene, member=author, group=group)
    if account:
        mention = actions.Mention(account=account, name=author.shown)
        return ("\n", mention, f"{ctx.member.shown} 替你记的，{_NO}，或发 #撤 {post.id}")
    text = f"{ctx.member.shown} 替你记下 #{post.id}「{post.title}」，{_NO}，或发 #撤 {post.id}。"
    tell(ctx.scene, member=author, text=text, about=post.id)
    return (f"\n是 {author.shown} 的话，我私下问过 ta 了",)
