"""Taking back a removal or a bar."""

from community.membership import sanctions
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import meant_member

feature = Feature(
    "lift",
    usage="#解除 @谁（或 M12；后面可写理由）",
    summary="撤销移除或拉黑，恢复成员资格",
    order=322,
    admin=True,
)


@feature.command("解除")
def lift(ctx: Context, call: Call) -> str:
    """Make somebody a member again."""
    meant = meant_member(ctx, call)
    barred = sanctions.lift(ctx.scene, actor=ctx.member, member=meant.member, reason=meant.rest)
    what = "移出黑名单，" if barred else ""
    return f"{meant.member.shown} 已{what}恢复成员资格，已经告诉 ta。"
