"""What waits for the admins."""

from community.vetting import cards, clock
from handlers.framework.applications import for_admins_only, meant_application
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say

feature = Feature(
    "pending",
    usage="#待审（看一份：#待审 A12）",
    summary="还在等的入群申请",
    order=110,
    admin=True,
)

_SENT = "资料只给管理员看，私聊发你了。"


@feature.command("pending", "待审")
def pending(ctx: Context, call: Call) -> Reply | str:
    """The list with ages, or one card."""
    if call.body or ctx.message.quoted is not None:
        application = meant_application(ctx, call).application
        text = cards.card(ctx.scene, application, head=cards.STATES[application.state])
        told = for_admins_only(ctx, text, instead=_SENT, about=application.id)
        return say(told, application=application.id)
    club = f"「{ctx.club}」" if ctx.club else ""
    text = clock.pending(ctx.scene)
    if not text:
        return f"{club}没有待审的申请。"
    text = f"{club}{text}"
    count = text.partition("：")[0]
    return for_admins_only(ctx, text, instead=f"{count}，{_SENT}")
