"""Who wrote an anonymous post: for an admin with a reason, and not in secret."""

from community.anonymity import unmasking
from community.errors import UserError
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import named_post
from handlers.framework.reply import Reply, say

feature = Feature(
    "unmask",
    usage="#揭名 12 理由（私聊）",
    summary="看匿名帖是谁发的：会记录，作者和其他管理员都会知道",
    order=326,
    admin=True,
    discreet=True,
)


@feature.command("揭名", "unmask", prose=True)
def unmask(ctx: Context, call: Call) -> Reply:
    """Tell the admin, and everybody whom it concerns."""
    ctx.discretion.kept = True
    meant = named_post(ctx, call)
    if meant is None:
        raise UserError("看哪一条？写上编号和理由，例如 #揭名 12 有人举报内容是假的。")
    person = unmasking.unmask(ctx.scene, post=meant.post, admin=ctx.member, reason=meant.rest)
    return say(
        f"#{meant.post.id} 是 {person.shown}（M{person.id}）发的。"
        "已经记下是你看的和理由，作者和其他管理员（ta 的同事除外）也会知道；名字没有记在任何地方。"
    )
