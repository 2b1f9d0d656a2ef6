"""Whether the sender may use a command, asked once for all of them before any handler runs."""

from community.errors import UserError
from community.membership import standing
from community.rights import Role, right_to, role_of
from handlers.framework.applications import quoted_application
from handlers.framework.context import Context
from handlers.framework.feature import Call

REFUSALS = {
    "owner": "只有群主（配置里的管理员）能用 #{word}。",
    "admin": "只有管理员能用 #{word}。",
    "operator": "只有管理员和运营能用 #{word}。",
    "member": "你现在是访客，可以看（#找、#统计），#{word} 要成为成员才能用，请找管理员开通。",
}


def check(ctx: Context, call: Call) -> None:
    """Raises UserError, in one clear sentence, when the sender may not do this or not here.

    Words that are answers alone are for their handler to judge: most that is said so is chatter.
    """
    if call.bare and not call.command.words:
        return
    feature = call.command.feature
    right = right_to(feature.name, admin=feature.admin)
    role = role_of(ctx.scene, ctx.member)
    if not right.allows(role):
        raise UserError(_refusal(ctx, role, right.lowest).format(word=call.tag))
    if right.private and not ctx.private:
        raise UserError(f"#{call.tag} 只能私聊用：请单独给我发，不要发在群里。")


def is_meant(ctx: Context, call: Call) -> bool:
    """An admin's bare word is a command when it comes from one and answers a card; else chatter."""
    feature = call.command.feature
    if not (call.bare and feature.admin):
        return True
    right = right_to(feature.name, admin=True)
    trusted = ctx.message.sender.account in ctx.scene.settings.admins or (
        ctx.known is not None and right.allows(role_of(ctx.scene, ctx.known))
    )
    return trusted and quoted_application(ctx) is not None


def _refusal(ctx: Context, role: Role, lowest: Role) -> str:
    if role == "outsider":
        return standing.farewell(ctx.scene, member=ctx.member)
    return REFUSALS[lowest]
