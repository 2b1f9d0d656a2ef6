"""Letting a post run on."""

import re
from dataclasses import replace

from community.posts import renewing
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import meant_post
from handlers.framework.receipts import day, found_meanwhile, item
from handlers.framework.reply import Reply, say

feature = Feature(
    "renew",
    usage="#续 12（或引用到期提醒发 续）",
    summary="快到期或到期了，再留一阵",
    order=42,
)


# How long is not asked: 3 天 is a time, and no post #3.
_TIME = re.compile(
    r"\s*(?:再|多|延长?|留)*\s*(?:(?<!\d)\d{1,9}|[一二两三四五六七八九十半]+)\s*个?"
    r"(?:天|日|周|星期|礼拜|月|年|小时)(?:[吧啊了呗]|\W)*$"
)


@feature.command("renew", "续", answers=("续", "续期"), number="alone")
def renew(ctx: Context, call: Call) -> Reply:
    """Give a post its whole time again."""
    post = meant_post(ctx, replace(call, body=_TIME.sub("", call.body))).post
    published = renewing.renew(ctx.scene, post=post, actor=ctx.member)
    until = f"{item(post)}续到{day(ctx.scene, post.expires_at)}。"
    return say(until, *found_meanwhile(published), about=post.id)
