"""Telling communities apart, in private, for whoever is in several."""

from handlers.framework.context import Context
from handlers.framework.feature import Call


def elsewhere(ctx: Context, call: Call) -> str:
    """How to say the same to the other communities of the sender; "" where there are none."""
    others = ctx.others()
    if not others:
        return ""
    names = "、".join(f"「{one}」" for one in others)
    return f"{names}另算：发 #{call.tag} {others[0]}。"


def prefix(ctx: Context) -> str:
    """What has to stand before the rest of a command so that it comes to this community."""
    return f"{ctx.club} " if ctx.club else ""


def here(ctx: Context) -> str:
    """Where something was done, for a sentence: 在「老友记」."""
    return f"在「{ctx.club}」" if ctx.club else ""
