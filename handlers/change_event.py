"""Changing an event."""

from community.errors import UserError
from community.events import drafting, finding, holding
from community.events.wording import item
from handlers.framework.context import Context
from handlers.framework.events import meant_event
from handlers.framework.feature import Call, Feature

feature = Feature(
    "change_event",
    usage="#改活动 E3 时间 11月29日 15:00（地点、人数、截止、优先也能改）",
    summary="改活动，报了名的人都会收到通知",
    order=326,
    admin=True,
)


@feature.command("改活动", number="event")
def change_event(ctx: Context, call: Call) -> str:
    """Change what is named; all whom it concerns hear of it."""
    meant = meant_event(ctx, call, finding.ahead(ctx.scene))
    if meant is None:
        return "现在没有可以改的活动。"
    draft = drafting.read(meant.rest)
    if draft.title or draft.note or not draft.fields:
        raise UserError(
            "没有改动：写上改什么（时间、地点、人数、截止、优先），"
            f"例如 #改活动 E{meant.event.id} 地点 科技园 3 栋。"
        )
    changed = holding.change(ctx.scene, meant.event, actor=ctx.member, draft=draft)
    if not changed.lines:
        return f"{item(meant.event)}本来就是这样，没有改动。"
    told = f"{changed.told} 位报名和候补的人都通知了。" if changed.told else ""
    return f"{item(meant.event)}改好了：{'；'.join(changed.lines)}。{told}"
