"""Making an application the business of another admin."""

from community.errors import UserError
from community.members import directory
from community.membership import target
from community.vetting import deciding
from handlers.framework.applications import meant_application
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say
from storage.tables import Member

feature = Feature(
    "hand_over",
    usage="#转 A12 @管理员",
    summary="请另一位管理员来审",
    order=114,
    admin=True,
)


@feature.command("转", "hand")
def hand_over(ctx: Context, call: Call) -> Reply:
    """Send the card to another admin."""
    meant = meant_application(ctx, call)
    to = _admin(ctx, meant.rest)
    deciding.hand_over(ctx.scene, application=meant.application, admin=ctx.member, to=to)
    text = f"#A{meant.application.id} 转给 {to.shown} 了，资料我已经私聊发给 ta。"
    return say(text, application=meant.application.id)


def _admin(ctx: Context, text: str) -> Member:
    """Whoever was mentioned or named. Raises UserError."""
    scene, mentions = ctx.scene, ctx.message.mentions
    if mentions:
        account, called = mentions[0].account, mentions[0].name
        found = target.colleague(scene, account=account, name=called)
        if found is None:
            raise UserError(f"我还不认识 {called}，请 ta 先发一句 #帮助。")
        return found
    name = directory.as_name(text).strip()
    if not name:
        raise UserError("转给谁？例如：#转 A12 @李四")
    namesakes = directory.find(scene, name=name, limit=1)
    if namesakes.total != 1:
        raise UserError(f"没认出「{name[:20]}」是哪一位，真的 @ 一下 ta。")
    return namesakes.members[0]
