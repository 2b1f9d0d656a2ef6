"""Announcing an event."""

from community.events import drafting, holding
from community.events.wording import announcement
from handlers.framework.applications import among_admins
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature

feature = Feature(
    "host",
    usage="#办活动 标题（下面各行写 时间、地点、人数、截止、优先 E2，别的是说明）",
    summary="办一个活动，发到群里让大家报名",
    order=325,
    admin=True,
    any_text=True,
)

_EXAMPLE = "\n例如：\n#办活动 圆桌：出海怎么起步\n时间 11月28日 14:00\n地点 科技园 3 栋\n人数 12"


@feature.command("host", "办活动", prose=True)
def host(ctx: Context, call: Call) -> str:
    """Hold an event; what is said in a group is announced by the answer itself."""
    back = f"\n你的原文，改好再发：\n#{call.tag} {call.body}" if call.body else _EXAMPLE
    event = holding.host(ctx.scene, actor=ctx.member, draft=drafting.read(call.body), back=back)
    told = announcement(ctx.scene, event)
    if not among_admins(ctx):
        return told
    groups = holding.announce(ctx.scene, event)
    where = f"已经发到 {'、'.join(groups)}" if groups else "没有群可以发通知，请自己转告大家"
    return f"{told}\n（{where}）"
