"""Not taking part in an event after all."""

from community.events import signing_up
from community.events.wording import item
from community.notices import tell
from handlers.framework.context import Context
from handlers.framework.events import Meant, answers_event, meant_event, named_event
from handlers.framework.feature import Call, Feature

feature = Feature(
    "sign_off",
    usage="#取消报名 E3（或引用活动通知回 不去了）",
    summary="来不了，把名额让出来",
    order=48,
)


@feature.command("取消报名", "不去了", number="event")
def sign_off(ctx: Context, call: Call) -> str | None:
    """Give up a seat, or a place on the waitlist."""
    meant = meant_event(ctx, call, signing_up.held(ctx.scene, member=ctx.member))
    if meant is None:
        return None if call.body and not ctx.private else "你现在没有报名的活动。"
    return _sign_off(ctx, meant)


@feature.command(
    answers=(
        "取消报名", "不去了", "我不去了", "去不了", "我去不了", "来不了", "我来不了", "不来了",
        "我不来了",
    ),
    number="event",
)  # fmt: skip
def leaves(ctx: Context, call: Call) -> str | None:
    """The same under a message about the event; anywhere else these words are chatter."""
    if not answers_event(ctx, "sign_off"):
        return None
    meant = named_event(ctx, call)
    return None if meant is None else _sign_off(ctx, meant)


def _sign_off(ctx: Context, meant: Meant) -> str:
    event = meant.event
    why = signing_up.sign_off(ctx.scene, event, member=ctx.member)
    told = f"好，{item(event)}不算你了。"
    if why and not ctx.private:  # what is held against somebody is not for the group
        tell(ctx.scene, member=ctx.member, text=f"{item(event)}{why}")
        return told
    return told + why
