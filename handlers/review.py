"""What one says of an event one has been to."""

from community.courtesy import is_courtesy
from community.errors import UserError
from community.events import feedback
from community.events.wording import item
from community.rights import may
from handlers.framework.applications import for_admins_only
from handlers.framework.context import Context
from handlers.framework.events import named_event, quoted_event
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import quoted_words
from storage.tables import Event

feature = Feature(
    "review",
    usage="#反馈 E3 想说的话",
    summary="说说参加过的活动，只有管理员和运营看",
    order=49,
)

_LEAST = 2  # characters


@feature.command("反馈", number="event", prose=True)
def review(ctx: Context, call: Call) -> str:
    """Store what is said; without words those who run the community read what others said."""
    meant = named_event(ctx, call)
    if meant is None:
        raise UserError("说的是哪个活动？写上编号，例如 #反馈 E3 收获很大，下次早点开始。")
    if meant.rest:
        return _write(ctx, meant.event, meant.rest)
    if not may(ctx.scene, ctx.member, "review.others"):
        raise UserError(f"想说什么？写在编号后面，例如 #反馈 E{meant.event.id} 收获很大。")
    written = feedback.written(ctx.scene, meant.event)
    if not written:
        return f"{item(meant.event)}还没有人写反馈。"
    lines = [f"{item(meant.event)}的反馈（{len(written)}）：", *(f"{n}：{t}" for n, t in written)]
    return for_admins_only(ctx, "\n".join(lines), instead="反馈私聊发给你了。")


@feature.private_text
def heard(ctx: Context) -> str | None:
    """Words under the question what it was like; thanks alone are none."""
    text = ctx.message.text.strip()
    if ctx.known is None or ctx.message.quoted is None or is_courtesy(text) or len(text) < _LEAST:
        return None
    event = quoted_event(ctx)
    asked = event is not None and feedback.QUESTION in quoted_words(ctx)
    if event is None or not asked or not may(ctx.scene, ctx.known, "review"):
        return None
    return _write(ctx, event, text)


def _write(ctx: Context, event: Event, text: str) -> str:
    again = feedback.write(ctx.scene, event, member=ctx.member, text=text)
    return f"{item(event)}的反馈{'换成这次写的了' if again else '记下了'}，谢谢。"
