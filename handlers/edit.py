"""Putting a post in other words."""

from community.errors import UserError
from community.posts import editing
from community.wording import KINDS
from handlers.framework.context import Context
from handlers.framework.discovery import discover
from handlers.framework.feature import Call, Feature
from handlers.framework.named import with_short_names
from handlers.framework.numbers import Meant, named_post, number_in, quoted_post
from handlers.framework.parse import parse
from handlers.framework.receipts import receipt
from handlers.framework.reply import Reply

feature = Feature(
    "edit",
    usage="#改 12 新内容（或引用那条消息发 #改 新内容）",
    summary="改内容，重新匹配",
    order=43,
    any_text=True,
)


@feature.command("edit", "改", number="before text")
def edit(ctx: Context, call: Call) -> Reply:
    """Replace the text of a post and match it anew."""
    meant = _meant(ctx, call)
    if meant is None:
        raise UserError("改哪一条？写上编号和新内容，例如 #改 12 找一位懂日语的运营。")
    if not meant.rest.strip():
        raise UserError(f"新内容还没写，例如 #改 {meant.post.id} 找一位懂日语的运营。")
    published = editing.edit(
        ctx.scene,
        post=meant.post,
        actor=ctx.member,
        text=_text(ctx, meant),
        group=ctx.message.group,
    )
    return receipt(ctx.scene, published, private=ctx.private, verb="改好了")


def _text(ctx: Context, meant: Meant) -> str:
    """The new text; it may open with the tag of its kind, as the post itself did."""
    text, post = with_short_names(ctx, meant.rest.strip()), meant.post
    call = parse(ctx.message.model_copy(update={"text": text, "quoted": None}), discover())
    if call is None or not call.command.posts:
        return text
    if call.command.feature.name != post.kind:
        raise UserError(f"#{post.id} 是{KINDS[post.kind]}，改不成另一种：另发一条 #{call.word}。")
    return call.body


def _meant(ctx: Context, call: Call) -> Meant | None:
    """Under a quoted post a bare number that is not its own belongs to the text: 3 台显示器."""
    quoted = quoted_post(ctx)
    number, _ = number_in(call.body)
    hashed = call.body.startswith(("#", "＃", "﹟"))
    if quoted is not None and number is not None and number != quoted.id and not hashed:
        return Meant(quoted, call.body)
    return named_post(ctx, call)
