"""Putting a post in other words."""

import re

from community.errors import UserError
from community.posts import editing
from community.wording import KINDS
from handlers.framework.anonymous import as_author
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.named import with_short_names
from handlers.framework.numbers import Meant, named_post, number_in, quoted_post
from handlers.framework.parse import parse
from handlers.framework.receipts import receipt
from handlers.framework.reply import Reply
from storage.tables import Post

feature = Feature(
    "edit",
    usage="#改 12 新内容（或引用那条消息发 #改 新内容）",
    summary="改内容，重新匹配",
    order=43,
    any_text=True,
)

_BECOMES = re.compile(r"^(?:内容)?(?:改成|改为)[：:，,\s]*(?=\S)")
# Told what to change in it, the bot would put these words in place of the text, for good.
_INSTEAD = re.compile(r"(?:把|将)[「“\"]?(.{1,40}?)[」”\"]?(?:改成|改为|换成|去掉|删掉|删了)")
_TURNED = re.compile(
    r"([^\s，,。；;！!]{2,12}?)(?<![想要能会算备望划以])(?:改成|改为|换成)[^\n]{1,20}$"
)
_ASPECT = re.compile(
    r"(?:价格|价钱|售价|预算|费用|押金|时间|日期|地点|地址|人数|名额|数量|电话|手机号?|微信号?|标题)"
    r"(?:改成|改为|改到|换成|换到|降到|降为)"
)
_MORE = re.compile(
    r"(?:再|另外?|后面)?(?:加|补)(?:上)?(?:一句|一条|几个字)|补充(?:一下|[：:，,])|加上[：:，,]"
)


@feature.command("edit", "改", number="before text")
def edit(ctx: Context, call: Call) -> Reply:
    """Replace the text of a post and match it anew."""
    meant = _meant(ctx, call)
    if meant is None:
        raise UserError("改哪一条？写上编号和新内容，例如 #改 12 找一位懂日语的运营。")
    if not meant.rest.strip():
        raise UserError(f"新内容还没写，例如 #改 {meant.post.id} 找一位懂日语的运营。")
    ctx = as_author(ctx, meant.post)
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
    said, post = with_short_names(ctx, meant.rest.strip()), meant.post
    text = _BECOMES.sub("", said)
    if _only_tells(text, post) and text == said:
        raise UserError(
            f"没有改动：#改 会换掉整条，请写全，例如 #改 {post.id} 找一位懂日语的运营。"
        )
    call = parse(ctx.message.model_copy(update={"text": text, "quoted": None}), ctx.features)
    if call is None or not call.command.posts:
        return text
    if call.command.feature.name != post.kind:
        raise UserError(f"#{post.id} 是{KINDS[post.kind]}，改不成另一种：另发一条 #{call.word}。")
    return call.body


def _only_tells(text: str, post: Post) -> bool:
    """It is no text for a post, but says what shall be another in the one there is."""
    moved, turned = _INSTEAD.match(text), _TURNED.match(text)
    return bool(
        _MORE.match(text)
        or (moved and moved[1] in post.text)
        or _ASPECT.match(text)
        or (turned and turned[1] in post.text)
    )


def _meant(ctx: Context, call: Call) -> Meant | None:
    """Under a quoted post a bare number that is not its own belongs to the text: 3 台显示器."""
    quoted = quoted_post(ctx)
    number, _ = number_in(call.body)
    hashed = call.body.startswith(("#", "＃", "﹟"))
    if quoted is not None and number is not None and number != quoted.id and not hashed:
        return Meant(quoted, call.body)
    return named_post(ctx, call)
