"""Making the accounts of one person one member."""

import re

from community.errors import UserError
from community.membership import linking
from community.rights import may
from handlers.framework.clubs import elsewhere, prefix
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import meant_member

feature = Feature(
    "bind",
    usage="#绑定（私聊；再在另一个账号上发 #绑定 123456）",
    summary="把你的 QQ 和微信算成同一个人",
    order=165,
)

_CODE = re.compile(r"[#＃]?(\d{6})")


@feature.command("bind", "绑定")
def bind(ctx: Context, call: Call) -> str:
    """Give a code, or take one from the other account."""
    if not ctx.private:
        return _aloud(ctx, call)
    if not call.body:
        return _offer(ctx, call)
    code = _CODE.fullmatch(call.body)
    if code is None and may(ctx.scene, ctx.member, "bind.others"):
        return _offer_for_another(ctx, call)
    if code is None:
        raise UserError("验证码是 6 位数字。先在一个账号上发 #绑定 拿到它，再在另一个账号上发。")
    linked = linking.link(ctx.scene, member=ctx.member, code=code[1])
    if linked.member is None:
        # Told as a reply and not as an error: an error would undo the counting.
        return f"验证码不对或已过期，还能试 {linked.tries_left} 次。发 #绑定 可以重新拿一个。"
    held = linking.accounts(ctx.scene, member=linked.member)
    return (
        f"绑定好了，现在你的 {len(held)} 个账号是同一个人：{linked.member.shown}。"
        "帖子、感谢、订阅和提醒都合在一起。"
    )


def _aloud(ctx: Context, call: Call) -> str:
    """Not an error, which would leave a code that everybody has read worth something."""
    code = _CODE.fullmatch(call.body)
    gone = code is not None and linking.cancel(ctx.scene, code=code[1])
    void = "验证码大家都看到了，已经作废，请重新拿一个。" if gone else ""
    return f"#{call.word} 只能私聊用：请单独给我发，不要发在群里。{void}"


def _offer_for_another(ctx: Context, call: Call) -> str:
    """For somebody whose old account is gone, so that it can ask for no code itself."""
    member = meant_member(ctx, call).member
    code = prefix(ctx) + linking.offer_for(ctx.scene, member=member, actor=ctx.member)
    return (
        f"{member.shown} 的验证码。先确认是本人，再请 ta 10 分钟内用新账号私聊我发：\n"
        f"#绑定 {code}\n新账号会和 ta 原来的帖子、名片合在一起，合并后分不开。"
    )


def _offer(ctx: Context, call: Call) -> str:
    code = prefix(ctx) + linking.offer(ctx.scene, member=ctx.member)
    where = f"在「{ctx.club}」里，" if ctx.club else ""
    text = (
        f"10 分钟内，用你自己的另一个账号私聊我发：\n#绑定 {code}\n"
        f"{where}两边就算同一个人，合并后分不开。只能用一次；别人让你发的验证码，不要发。"
    )
    return "\n".join(filter(None, [text, elsewhere(ctx, call)]))
