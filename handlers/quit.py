"""Ending one's membership, which is more than leaving a chat group."""

from community.membership import leaving
from handlers.framework.clubs import prefix
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from matching import fold

feature = Feature(
    "quit",
    usage="#退出",
    summary="不再是成员，撤下自己的需求和供给（只退群不算退出）",
    order=175,
)

_SURE = frozenset({"确认", "确定", "是", "yes"})


@feature.command("退出", "退会")
def quit_(ctx: Context, call: Call) -> str:
    """Ask once, then end it; whoever is in several says in private which, or a second 确认 would
    end the next one.
    """
    club = ctx.scene.settings.name
    named = not ctx.club or fold(ctx.club) in fold(ctx.message.text)
    if fold(call.body) not in _SURE or not named:
        return (
            f"退出后你不再是「{club}」的成员，进行中的需求和供给会撤下，资料还留着。"
            f"确定就发 #{call.word} {prefix(ctx)}确认；想连资料一起删，私聊我发 #删除我的数据。"
        )
    withdrawn = leaving.leave(ctx.scene, member=ctx.member)
    posts = f"，撤下了 {withdrawn} 条需求和供给" if withdrawn else ""
    return (
        f"你已退出「{club}」{posts}。想回来，发 #申请 或联系管理员；"
        "要删除资料，私聊我发 #删除我的数据。"
    )
