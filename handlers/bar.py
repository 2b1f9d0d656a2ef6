"""Keeping somebody out for good."""

from community.membership import sanctions
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import clause_in, meant_member

feature = Feature(
    "bar",
    usage="#拉黑 @谁 第3条 理由",
    summary="移除并列入黑名单，以后不能再申请",
    order=321,
    admin=True,
)


@feature.command("拉黑", "黑名单", prose=True)
def bar(ctx: Context, call: Call) -> str:
    """Remove somebody and bar all his accounts."""
    meant = meant_member(ctx, call, strangers=True)
    clause, reason = clause_in(meant.rest)
    withdrawn = sanctions.remove(
        ctx.scene, actor=ctx.member, member=meant.member, clause=clause, reason=reason, bar=True
    )
    return (
        f"已拉黑 {meant.member.shown}，撤下 {withdrawn} 条，已经把理由告诉 ta。"
        f"要恢复，发 #解除 M{meant.member.id}。"
    )
