"""Taking a post down."""

from community.posts import closing
from handlers.framework.anonymous import as_author
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import meant_post
from handlers.framework.receipts import item
from handlers.framework.reply import Reply, say

feature = Feature(
    "withdraw",
    usage="#撤 12（或引用那条消息发 撤）",
    summary="不要了，撤下来",
    order=41,
)


@feature.command("withdraw", "撤", answers=("撤",), number="alone")
def withdraw(ctx: Context, call: Call) -> Reply:
    """Withdraw a post."""
    post = meant_post(ctx, call).post
    ctx = as_author(ctx, post)
    closing.withdraw(ctx.scene, post=post, actor=ctx.member)
    return say(f"{item(post)}撤下了。手滑了就发 #撤回（10 分钟内）。", about=post.id)
