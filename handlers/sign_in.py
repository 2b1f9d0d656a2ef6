"""From the chat to the pages, without a password."""

from community.errors import UserError
from community.signing_in import links
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say

feature = Feature(
    "sign_in",
    usage="#登录（私聊）",
    summary="拿一个登录网页的链接",
    order=175,
)


@feature.command("sign_in", "登录", "网页")
def sign_in(ctx: Context, call: Call) -> Reply:  # noqa: ARG001 – nothing more can be said
    """A link for the sender alone; it works once."""
    if not ctx.scene.settings.public_url:
        raise UserError("这个社群没有开网页。")
    link = links.offer(ctx.scene, member=ctx.member)
    where = f"登录「{ctx.club}」：" if ctx.club else ""
    text = f"{where}10 分钟内点开登录，只能用一次，不要转给别人：\n{link}"
    return say(text, private=True)
