"""Who came to an event, as long as events are not kept by the bot itself."""

from community.errors import UserError
from community.membership import probation
from handlers.framework.applications import for_admins_only
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import all_mentioned

feature = Feature(
    "attendance",
    usage="#到场 @谁（可以一次 @ 几位；不写看还没到场的新人）",
    summary="记下新人参加了活动",
    order=324,
    admin=True,
)


@feature.command("到场")
def attendance(ctx: Context, call: Call) -> str:
    """Write down who was there, or list who has not been."""
    if not call.body and not ctx.message.mentions and ctx.message.quoted is None:
        return _list(ctx)
    came = all_mentioned(ctx, call)
    new = [one.shown for one in came if probation.attend(ctx.scene, actor=ctx.member, member=one)]
    known = [one.shown for one in came if one.shown not in new]
    lines = [f"记下了：{'、'.join(new)} 到场。"] if new else []
    lines += [f"以前就记过：{'、'.join(known)}。"] if known else []
    return "\n".join(lines)


def _list(ctx: Context) -> str:
    if not ctx.scene.settings.terms.probation:
        raise UserError(f"「{ctx.scene.settings.name}」没有开新人试用期，不用记到场。")
    found = probation.newcomers(ctx.scene)
    if not found:
        return "没有还没到场的新人。"
    lines = [
        f"{one.shown}（M{one.id}）：{f'还有 {left} 天' if left > 0 else '已过 21 天'}"
        for one, left in found
    ]
    text = "\n".join(["还没参加过活动的新人：", *lines])
    return for_admins_only(ctx, text, instead="新人的名单私聊发给你了。")
