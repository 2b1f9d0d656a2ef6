"""The covenant: reading it, and for admins who has not accepted it."""

from community.membership import covenant
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.rights import require
from matching import fold

feature = Feature(
    "covenant",
    usage="#公约（管理员：#公约 未同意）",
    summary="看社群公约",
    order=155,
)

_PENDING = frozenset({"未同意", "没同意", "未接受"})
_MOST = 30


@feature.command("公约")
def covenant_(ctx: Context, call: Call) -> str:
    """The text with where the sender stands, or the list of those who have not accepted it."""
    if fold(call.body) in _PENDING:
        require(ctx, call, "covenant.pending")
        return _pending(ctx)
    text = covenant.current(ctx.scene).text.strip()
    if covenant.has_accepted(ctx.scene, member=ctx.member):
        return f"{text}\n你已经同意了这一版。"
    return f"{text}\n同意就发 #同意。"


def _pending(ctx: Context) -> str:
    pending = covenant.pending(ctx.scene)
    if not pending:
        return "大家都同意了现在这一版公约。"
    names = "、".join(member.shown for member in pending[:_MOST])
    more = f" 等 {len(pending)} 位" if len(pending) > _MOST else f"（{len(pending)} 位）"
    return f"还没同意现在这一版公约：{names}{more}"
