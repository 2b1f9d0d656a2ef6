"""Turning an applicant down, always with a reason that he reads."""

from collections.abc import Mapping
from types import MappingProxyType

from community.errors import UserError
from community.vetting import deciding
from handlers.framework.applications import among_admins, meant_application, spread
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say
from matching import fold

feature = Feature(
    "reject",
    usage="#拒绝 A12 理由（或引用申请发 #拒绝 理由）",
    summary="不让申请人加入，理由 ta 会看到",
    order=112,
    admin=True,
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "太简单": "自我介绍太简单，看不出你是谁、能带来什么，请写具体些。",
        "名字不对": "请用真实姓名申请。",
        "没人认识": "没有留下可以核实你身份的人或联系方式。",
        "太笼统": "写得太笼统，请写明在哪家公司、哪几年、做过什么。",
        "机器写的": "读起来不像自己写的，请用自己的话介绍自己。",
        "不友善": "内容不够友善，不符合社群的约定。",
    }
)
"""Ready texts by name."""


@feature.command("reject", "拒绝", answers=("拒绝",))
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
    reason = REASONS.get(fold(meant.rest).strip("。. "), meant.rest)
    deciding.reject(ctx.scene, application=application, admin=ctx.member, reason=reason)
    spread(ctx, application, f"#A{application.id} 由 {ctx.member.shown} 拒绝了：{reason}")
    why = f"理由：{reason}" if among_admins(ctx) else "理由会告诉 ta。"
    return say(f"已拒绝 #A{application.id}。{why}", application=application.id)
