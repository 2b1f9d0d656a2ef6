"""Letting a post run on."""

import re
from dataclasses import replace

from community.courtesy import is_courtesy
from community.posts import renewing
from community.posts.expiry import how_to_answer
from community.rights import may
from handlers.framework.anonymous import as_author
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.lasting import without_time
from handlers.framework.numbers import meant_post, quoted_post, quoted_words
from handlers.framework.parse import tag_without_blank
from handlers.framework.receipts import day, found_meanwhile, item
from handlers.framework.reply import Reply, say

feature = Feature(
    "renew",
    usage="#续 12（或引用到期提醒发 续）",
    summary="快到期或到期了，再留一阵",
    order=42,
)

_ASKS = re.compile(r"续 再留一阵|还要就")  # what notices say of renewing, or said


@feature.command(
    "renew", "续", answers=("续", "续期", "再续", "延期"), number="alone", lasting=True
)
def renew(ctx: Context, call: Call) -> Reply:
    """Give a post its whole time again."""
    return _renew(ctx, call)


@feature.command(answers=("还要", "还需要", "留着", "再留一阵"), lasting=True)
def keep(ctx: Context, call: Call) -> Reply | None:
    """A yes to a notice, in its own words; anywhere else they are chatter."""
    if not (
        ctx.private and _ASKS.search(quoted_words(ctx)) and may(ctx.scene, ctx.member, "renew")
    ):
        return None
    return _renew(ctx, call)


@feature.private_text
def unclear(ctx: Context) -> Reply | None:
    """Words under a notice that are none of its answers: unheard, the post would just run out."""
    if ctx.known is None or ctx.message.quoted is None or is_courtesy(ctx.message.text):
        return None
    post = quoted_post(ctx) if _ASKS.search(quoted_words(ctx)) else None
    if post is None or post.state not in ("active", "expired"):
        return None
    own = as_author(ctx, post).member.id == post.author_id
    if not own or not may(ctx.scene, ctx.member, "renew"):
        return None
    if tag_without_blank(ctx.message.text, ctx.features):
        return None
    return say(f"这句我没听懂，{item(post)}没有改动。{how_to_answer(post)}", about=post.id)


def _renew(ctx: Context, call: Call) -> Reply:
    post = meant_post(ctx, replace(call, body=without_time(call.body))).post
    ctx = as_author(ctx, post)
    published = renewing.renew(ctx.scene, post=post, actor=ctx.member)
    until = f"{item(post)}续到{day(ctx.scene, post.expires_at)}。"
    return say(until, *found_meanwhile(published), about=post.id)
