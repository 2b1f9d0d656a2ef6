"""A post has come to its good end, thanks to somebody."""

import re

from community.errors import UserError
from community.posts import closing
from handlers.framework.anonymous import as_author
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.named import named_members
from handlers.framework.numbers import Meant, meant_post
from handlers.framework.receipts import item
from handlers.framework.reply import Reply, say

feature = Feature(
    "done",
    usage="#搞定 12 @帮你的人（或引用那条消息发 搞定）",
    summary="办成了，谢谢帮忙的人",
    order=40,
)


_FAILED = re.compile(
    r"(?:还是|最后|一直|也)*(?:没有?|未)能?(?:[找办买租等搞](?:到|成|好|定)|解决|成\b|成功)"
)


@feature.command(
    "done",
    "搞定",
    "完成",
    "已解决",
    answers=("搞定", "完成", "已解决", "办成", "解决", "已搞定", "已完成", "已办成", "done"),
    number="alone",
)
def done(ctx: Context, call: Call) -> Reply:
    """Close a post, and credit those who are mentioned."""
    meant = meant_post(ctx, call, thanks=True)
    _check_done(call, meant)
    named, again = named_members(ctx, meant.rest, meant.post), f"#{call.tag} {meant.post.id}"
    ctx = as_author(ctx, meant.post)
    thanks = closing.finish(ctx.scene, post=meant.post, actor=ctx.member, helpers=named.members)
    if named.unclear:  # once it is done, nobody can be thanked for it
        names = "、".join(named.unclear)
        raise UserError(f"没认出 {names}，没有改动：在群里真的 @ 一下 ta；不用谢谁就只发 {again}。")
    unmet = ""
    if named.unmet:  # who helped need be no member
        unmet = f"没认出 {named.unmet}，没能转告 ta；ta 在群里的话，先发 #撤回，再发 {again} @ta。"
    return say(f"{item(meant.post)}办成了{thanks.text}{unmet}", about=meant.post.id)


def _check_done(call: Call, meant: Meant) -> None:
    """没找到 is no good end, whatever the word before it."""
    number = meant.post.id
    if _FAILED.match(meant.rest.strip()):
        raise UserError(f"没有改动：没办成就发 #撤 {number}；办成了只发 #{call.tag} {number}。")
