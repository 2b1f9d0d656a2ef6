"""Accepting the covenant."""

from community.membership import covenant
from community.rights import may
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import quoted_words

feature = Feature(
    "agree",
    usage="#同意（或引用我发的公约回 同意）",
    summary="同意社群公约",
    order=156,
)


@feature.command("同意")
def agree(ctx: Context, call: Call) -> str:  # noqa: ARG001 – there is one covenant
    """The sender accepts the present version."""
    return _accept(ctx)


@feature.command(answers=("同意", "我同意"))
def agreed(ctx: Context, call: Call) -> str | None:  # noqa: ARG001 – likewise
    """The same under what speaks of the covenant; 同意 under anything else is chatter."""
    words = quoted_words(ctx)
    if (words and "#同意" not in words) or not may(ctx.scene, ctx.member, "agree"):
        return None
    return _accept(ctx)


def _accept(ctx: Context) -> str:
    club = ctx.scene.settings.name
    if covenant.accept(ctx.scene, member=ctx.member):
        return f"好，记下了：你同意「{club}」的公约。"
    return f"你已经同意过现在这一版「{club}」公约。"
