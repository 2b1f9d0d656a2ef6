"""Letting an applicant in."""

from community.errors import UserError
from community.vetting import deciding, reading
from handlers.framework.applications import among_admins, meant_application, spread
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say

feature = Feature(
    "approve",
    usage="#通过 A12（或引用申请发 #通过）",
    summary="让申请人加入",
    order=111,
    admin=True,
)


@feature.command("approve", "通过", answers=("通过",))
def approve(ctx: Context, call: Call) -> Reply:
    """Approve one application; behind the number stand answers that the admin fills in."""
    meant = meant_application(ctx, call)
    application = meant.application
    values = reading.labelled(meant.rest, ctx.scene.settings.application)
    if meant.rest and not values:
        raise UserError(
            f"没看懂「{meant.rest[:20]}」，没有改动。只发 #通过 A{application.id}，"
            f"或替 ta 补上：#通过 A{application.id} 城市 上海"
        )
    done = deciding.approve(ctx.scene, application=application, admin=ctx.member, values=values)
    if not done:
        left = ctx.scene.settings.application.approvals - len(application.approvals)
        text = f"#A{application.id} 记下 {ctx.member.shown} 同意，还差 {left} 位管理员。"
        spread(ctx, application, text)
        return say(text, application=application.id)
    spread(ctx, application, f"#A{application.id} 由 {ctx.member.shown} 通过了。")
    who = f" {application.answers.get('name', '')}" if among_admins(ctx) else ""
    return say(f"已通过 #A{application.id}{who}。", application=application.id)
