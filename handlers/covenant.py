"""The covenant: reading it, and for admins who has not accepted it."""

from community.membership import covenant
from community.rights import may
from handlers.framework.applications import for_admins_only
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say
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
_LONG = 300  # characters


@feature.command("公约")
def covenant_(ctx: Context, call: Call) -> Reply | str:
    """The text with where the sender stands, or the list of those who have not accepted it."""
    if fold(call.body) in _PENDING:
        require(ctx, call, "covenant.pending")
        return _pending(ctx)
    text = covenant.current(ctx.scene).text.strip()
    accepted = covenant.has_accepted(ctx.scene, member=ctx.member)
    ending = "你已经同意了这一版。" if accepted else "同意就发 #同意。"
    ending = ending if accepted or may(ctx.scene, ctx.member, "agree") else ""
    # A long one would push everything else out of a group's sight.
    return say(f"{text}\n{ending}".strip(), private=len(text) > _LONG)


def _pending(ctx: Context) -> str:
    pending = covenant.pending(ctx.scene)
    if not pending:
        return "大家都同意了现在这一版公约。"
    names = "、".join(member.shown for member in pending[:_MOST])
    more = f" 等 {len(pending)} 位" if len(pending) > _MOST else f"（{len(pending)} 位）"
    text = f"还没同意现在这一版公约：{names}{more}"
    return for_admins_only(ctx, text, instead="名单私聊发给你了。")
