"""Until when dues are paid: one's own, and for operators everybody's."""

import re
from collections.abc import Sequence
from datetime import date

from community.errors import UserError
from community.membership import dues
from community.rights import may
from handlers.framework.applications import among_admins
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.rights import require
from handlers.framework.targets import meant_member
from matching import fold

feature = Feature(
    "dues",
    usage="#会费（管理员：#会费 @谁 2027-03-01）",
    summary="看会费登记到哪天",
    order=158,
)

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_NONE = frozenset({"清空", "无", "没有"})


@feature.command("会费")
def dues_(ctx: Context, call: Call) -> str:
    """Show one's own date or the list, or write a date down."""
    dues.check_enabled(ctx.scene)
    if call.body or ctx.message.mentions:
        require(ctx, call, "dues.others")
        return _record(ctx, call)
    own = dues.of(ctx.scene, member=ctx.member)
    mine = f"你的会费登记到 {dues.shown(own)}。" if own else "你的会费还没有登记。"
    return f"{mine}\n{_list(ctx)}" if _sees_all(ctx) else mine


def _sees_all(ctx: Context) -> bool:
    """Operators, where no other member reads along."""
    return among_admins(ctx) and may(ctx.scene, ctx.member, "dues.others")


def _record(ctx: Context, call: Call) -> str:
    meant = meant_member(ctx, call)
    if fold(meant.rest) in _NONE:
        dues.record(ctx.scene, actor=ctx.member, member=meant.member, until=None)
        return f"{meant.member.shown} 的会费日期清空了。"
    until = _date(meant.rest)
    dues.record(ctx.scene, actor=ctx.member, member=meant.member, until=until)
    return f"{meant.member.shown} 的会费登记到 {dues.shown(until)}，{_later(ctx, until)}。"


def _later(ctx: Context, until: date) -> str:
    if until < dues.today(ctx.scene):
        return "已经过了；写错了就再登记一次"
    return f"到期{'前' if dues.warns_before(ctx.scene, until) else '后'}我会提醒 ta"


def _date(text: str) -> date:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise UserError("写上会费登记到哪天，例如 #会费 @谁 2027-03-01。")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise UserError(f"没有 {text.strip()} 这一天，没有改动。") from None


def _list(ctx: Context) -> str:
    found = dues.overview(ctx.scene)
    return "\n".join(
        [
            f"登记了 {found.dated} 位。",
            f"已到期（{len(found.over)}）：{_named(found.over)}",
            f"30 天内到期（{len(found.soon)}）：{_named(found.soon)}",
        ]
    )


def _named(paid: Sequence[dues.Paid]) -> str:
    return "、".join(f"{member.shown} {until}" for member, until in paid) or "没有"
