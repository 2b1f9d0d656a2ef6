"""Removing a member from the community, with clause and reason."""

from community.membership import sanctions
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import clause_in, meant_member

feature = Feature(
    "remove",
    usage="#移除 @谁 第3条 理由",
    summary="请一位成员离开社群，本人会看到理由",
    order=320,
    admin=True,
)


@feature.command("remove", "移除", prose=True)
def remove(ctx: Context, call: Call) -> str:
    """End somebody's membership."""
    meant = meant_member(ctx, call)
    clause, reason = clause_in(meant.rest)
    withdrawn = sanctions.remove(
        ctx.scene, actor=ctx.member, member=meant.member, clause=clause, reason=reason
    )
    return (
        f"已移除 {meant.member.shown}，撤下 {withdrawn} 条，已经把理由告诉 ta。"
        f"要恢复，发 #解除 M{meant.member.id}。"
    )
