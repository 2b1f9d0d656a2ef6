"""Keeping somebody's words as a post; the author may refuse."""

import re

from community.errors import UserError
from community.posts import closing, collecting
from community.posts.finding import check_open
from community.rights import may
from handlers.framework.anonymous import as_author
from handlers.framework.collecting import collect
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import quoted_post, quoted_words
from handlers.framework.receipts import item
from handlers.framework.reply import Reply, say

feature = Feature(
    "collect",
    usage="#收（引用别人的消息时发；#求、#供 也行）",
    summary="替没打标签的人记下，作者回「不要」就撤掉",
    order=30,
    any_text=True,
)

_WITHDRAWS = ("不要", "不需要")
_OFFERED = re.compile(r"撤 不要了|回 撤")  # what notices say of withdrawing, or said
_WHAT = "{item}不要了吗？是就引用这条回 撤；是匹配不准，回 没用；不想再收到这类消息，发 #勿扰。"


@feature.command("收", "collect")
def keep(ctx: Context, call: Call) -> Reply:
    """Store the quoted message as a post of its author, as what its words sound like."""
    if call.body and ctx.message.quoted is None:
        raise UserError("想收东西请发 #求 加内容。#收 是引用别人的消息、替 ta 记下。")
    return collect(ctx, kind=None)


@feature.command(answers=("不要", "不同意", "否", "不用", "不需要"))
def refuse(ctx: Context, call: Call) -> Reply | str | None:
    """The author's no. Such a word under any other message is chatter.

    In private 不要 under a notice that says 不要了 withdraws the post. Under anything else about
    it, such as a letter about what fits, it may be the matches that are not wanted.
    """
    post = quoted_post(ctx)
    if post is None:
        return None
    if post.collected_by is not None:
        collecting.refuse(ctx.scene, post=post, actor=ctx.member)
        return f"好，#{post.id} 不记了。"
    if not ctx.private or call.word not in (*_WITHDRAWS, "不用"):
        return None
    able, ctx = may(ctx.scene, ctx.member, "withdraw"), as_author(ctx, post)
    if not able or post.author_id != ctx.member.id:
        return None
    if call.word in _WITHDRAWS and _OFFERED.search(quoted_words(ctx)):
        closing.withdraw(ctx.scene, post=post, actor=ctx.member)
        return say(f"{item(post)}撤下了。手滑了就发 #撤回（10 分钟内）。", about=post.id)
    check_open(post, "active", "expired")
    return say(_WHAT.format(item=item(post)), about=post.id)
