"""Admins decide about reports."""

import re

from community.errors import UserError
from community.membership import reports
from handlers.framework.applications import for_admins_only
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature

feature = Feature(
    "decide",
    usage="#处理 R3 成立 已提醒 ta（或 不成立 说明）",
    summary="处理举报，双方都会知道结果",
    order=323,
    admin=True,
)

_DECISION = re.compile(r"[#＃]?[Rr]?\s*(\d{1,9})\s*(不成立|驳回|成立)[\s：:，,]*(.*)", re.DOTALL)


@feature.command("处理", prose=True)
def decide(ctx: Context, call: Call) -> str:
    """List what waits, or decide."""
    if not call.body:
        waiting = reports.waiting(ctx.scene, reader=ctx.member)
        lines = [reports.card(ctx.scene, one) for one in waiting]
        text = "\n".join(["还没处理的举报：", *lines]) if lines else "没有等着处理的举报。"
        return for_admins_only(ctx, text, instead="举报的清单私聊发给你了。")
    decision = _DECISION.fullmatch(call.body)
    if decision is None:
        raise UserError(f"没看懂。用法：{feature.usage}")
    made = reports.decide(
        ctx.scene,
        actor=ctx.member,
        number=int(decision[1]),
        upheld=decision[2] == "成立",
        answer=decision[3].strip(),
    )
    told = "双方都告诉了" if made.about_id else "已经告诉举报人"
    return f"R{made.id} 记为{decision[2]}，{told}。"
