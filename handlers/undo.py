"""Taking back the last step."""

from community.posts import undoing
from handlers.framework.anonymous import as_author, of_last_step
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import numbered_post
from handlers.framework.receipts import found_meanwhile, item
from handlers.framework.reply import Reply, say

feature = Feature(
    "undo",
    usage="#撤回（10 分钟内）",
    summary="刚发的、刚标办成或撤下的，可以反悔",
    order=44,
)


# 撤消 is how many spell 撤销; read as 撤 it would close the post that was to come back.
@feature.command("undo", "撤回", "撤销", "撤消", answers=("撤回", "撤销", "撤消"), number="alone")
def undo(ctx: Context, call: Call) -> Reply:
    """Take back what the member did last, or last to the post that is named."""
    meant = numbered_post(ctx, call)
    number = None if meant is None else meant.post.id
    ctx = of_last_step(ctx) if meant is None else as_author(ctx, meant.post)
    undone = undoing.undo(ctx.scene, actor=ctx.member, number=number)
    post = undone.post
    said = f"{item(post)}{undoing.told(post, undone.step)}"
    return say(said, *found_meanwhile(undone.met), about=post.id)
