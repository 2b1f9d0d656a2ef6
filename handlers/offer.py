"""Saying what one can give."""

from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.posting import post
from handlers.framework.reply import Reply

feature = Feature(
    "offer",
    usage="#供 做过三年亚马逊运营，跨境电商找合作",
    summary="发供给，帮你找用得上的人；引用别人的话发 #供，替 ta 记下",
    order=20,
    any_text=True,
)


@feature.command("offer", "供", "提供", "出", posts=True)
def offer(ctx: Context, call: Call) -> Reply:
    """Store an offer and show who might want it."""
    return post(ctx, call, kind="offer")
