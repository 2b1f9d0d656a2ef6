"""Saying in private that the covenant was broken."""

import re

from community.errors import UserError
from community.membership import reports, target
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import clause_in
from storage.tables import Member

feature = Feature(
    "report",
    usage="#举报 第3条 @张三 昨晚连发五条广告（私聊）",
    summary="告诉管理员有人违反公约，不会说是你",
    order=157,
    any_text=True,
)

_CALLED = re.compile(r"[@＠](\S+)\s*")


@feature.command("举报", prose=True)
def report(ctx: Context, call: Call) -> str:
    """Hand a report to the admins."""
    clause, text = clause_in(call.body)
    about, text = _about(ctx, text)
    made = reports.report(ctx.scene, reporter=ctx.member, about=about, clause=clause, text=text)
    unsure = "" if about is not None else "没写 @谁，或没认出来，管理员会看内容。"
    return f"R{made.id} 已交给管理员，不会告诉任何人是你举报的。{unsure}处理完我会告诉你。"


def _about(ctx: Context, text: str) -> tuple[Member | None, str]:
    """The member named after an @, if one and only one is of that name; else all is text."""
    called = _CALLED.match(text)
    if called is None:
        return None, text
    try:
        return target.by_word(ctx.scene, called[1]), text[called.end() :].strip()
    except UserError:
        return None, text
