"""Turning an applicant down, always with a reason that he reads."""

from community.errors import UserError
from community.vetting import deciding
from community.vetting.reject_templates import REASONS, reason_for
from handlers.framework.applications import among_admins, meant_application, spread
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say

feature = Feature(
    "reject",
    usage="#拒绝 A12 理由（或引用申请发 #拒绝 理由）",
    summary="不让申请人加入，理由 ta 会看到",
    order=112,
    admin=True,
)


@feature.command("reject", "拒绝", answers=("拒绝",), prose=True)
def reject(ctx: Context, call: Call) -> Reply:
    """Reject one application for a named reason or in one's own words."""
    meant = meant_application(ctx, call)
    application = meant.application
    deciding.check_waiting(ctx.scene, application)
    if not meant.rest:
        names = "、".join(REASONS)
        raise UserError(
            f"要写上理由，申请人会看到：#拒绝 A{application.id} 太笼统。"
            f"现成的：{names}；也可以自己写。"
        )
    reason = reason_for(meant.rest)
    deciding.reject(ctx.scene, application=application, admin=ctx.member, reason=reason)
    spread(ctx, application, f"#A{application.id} 由 {ctx.member.shown} 拒绝了：{reason}")
    why = f"理由：{reason}" if among_admins(ctx) else "理由会告诉 ta。"
    return say(f"已拒绝 #A{application.id}。{why}", application=application.id)
