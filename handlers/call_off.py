"""Calling an event off."""

from community.events import finding, holding
from community.events.wording import item
from handlers.framework.context import Context
from handlers.framework.events import named_event, which
from handlers.framework.feature import Call, Feature

feature = Feature(
    "call_off",
    usage="#取消活动 E3 原因",
    summary="取消活动，报了名的人都会知道原因",
    order=327,
    admin=True,
)


@feature.command("取消活动", number="event", prose=True)
def call_off(ctx: Context, call: Call) -> str:
    """Cancel the event that is named; here the only one is not taken to be meant."""
    meant = named_event(ctx, call)
    if meant is None:
        found = finding.ahead(ctx.scene)
        return which(call, found) if found else "现在没有可以取消的活动。"
    told = holding.call_off(ctx.scene, meant.event, actor=ctx.member, reason=meant.rest)
    people = f"，{told} 位报名和候补的人都通知了" if told else ""
    return f"{item(meant.event)}取消了{people}。"
