"""Saying what one needs."""

from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.posting import post
from handlers.framework.reply import Reply

feature = Feature(
    "need",
    usage="#求 找一位懂跨境电商的合伙人",
    summary="发需求，帮你找能帮上忙的人；引用别人的话发 #求，替 ta 记下",
    order=10,
    any_text=True,
)


@feature.command("need", "求", "求购", "求助", "需求", "需", posts=True)
def need(ctx: Context, call: Call) -> Reply:
    """Store a need and show who might help."""
    return post(ctx, call, kind="need")
