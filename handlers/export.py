"""What the bot keeps of somebody, for him alone to read."""

from community.membership import export
from handlers.framework.clubs import elsewhere
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature

feature = Feature(
    "export",
    usage="#我的数据（私聊）",
    summary="看我记了你的哪些内容",
    order=170,
)


@feature.command("我的数据", "导出")
def export_(ctx: Context, call: Call) -> str:
    """All of it, in as many private messages as it takes."""
    export.hand_out(ctx.scene, member=ctx.member, account=ctx.message.sender.account)
    if not ctx.club:
        return "以上是我记下的和你有关的全部内容。要删掉，发 #删除我的数据。"
    return (
        f"以上是「{ctx.club}」记下的和你有关的全部内容。要删掉，发 #删除我的数据 {ctx.club}。"
        f"\n{elsewhere(ctx, call)}"
    )
