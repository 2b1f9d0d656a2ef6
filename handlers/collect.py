"""Keeping somebody's words as a post; the author may refuse."""

from community.errors import UserError
from community.posts import closing, collecting
from handlers.framework.collecting import collect
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import quoted_post
from handlers.framework.receipts import item
from handlers.framework.reply import Reply, say

feature = Feature(
    "collect",
    usage="#收（引用别人的消息时发；#求、#供 也行）",
    summary="替没打标签的人记下，作者回「不要」就撤掉",
    order=30,
    any_text=True,
)


@feature.command("收", "collect")
def keep(ctx: Context, call: Call) -> Reply:
    """Store the quoted message as a post of its author, as what its words sound like."""
    if call.body and ctx.message.quoted is None:
        raise UserError("想收东西请发 #求 加内容。#收 是引用别人的消息、替 ta 记下。")
    return collect(ctx, kind=None)


@feature.command(answers=("不要", "不同意", "否", "不用"))
def refuse(ctx: Context, call: Call) -> Reply | str | None:
    """The author's no. Such a word under any other message is chatter.

    In private 不要 under a word about a post of one's own withdraws it: the notices say 不要了.
    """
    post = quoted_post(ctx)
    if post is None:
        return None
    if post.collected_by is not None:
        collecting.refuse(ctx.scene, post=post, actor=ctx.member)
        return f"好，#{post.id} 不记了。"
    if not ctx.private or call.word != "不要" or post.author_id != ctx.member.id:
        return None
    closing.withdraw(ctx.scene, post=post, actor=ctx.member)
    return say(f"{item(post)}撤下了。手滑了就发 #撤回（10 分钟内）。", about=post.id)
