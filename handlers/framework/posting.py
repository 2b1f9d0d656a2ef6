"""What #need and #offer have in common."""

from community.errors import UserError
from community.members.people import in_several
from community.posts.publishing import publish
from handlers.framework.collecting import collect
from handlers.framework.context import Context
from handlers.framework.feature import Call
from handlers.framework.named import with_short_names
from handlers.framework.receipts import receipt
from handlers.framework.reply import Reply


def post(ctx: Context, call: Call, *, kind: str) -> Reply:
    """Store what stands after the tag as a post of the sender."""
    if call.mixed:
        raise UserError("一条消息里既有需求又有供给，没有保存：请分成两条发，#求 一条，#供 一条。")
    message = ctx.message
    if not call.body and message.quoted is not None:
        return collect(ctx, kind=kind)
    published = publish(
        ctx.scene,
        author=ctx.member,
        kind=kind,
        text=with_short_names(ctx, call.body),
        source_group=message.group,
        source_message=message.message_id,
    )
    unclear = ctx.private and in_several(ctx.scene, accounts=[message.sender.account])
    club = ctx.scene.settings.name if unclear else ""
    return receipt(ctx.scene, published, private=ctx.private, club=club)
