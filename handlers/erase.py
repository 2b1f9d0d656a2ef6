"""Being forgotten: shown first, asked again, then done at once and told in numbers."""

import re

from community.actions import Send, Text
from community.errors import UserError
from community.membership import codes, erasure, export
from community.membership.erasure import Choice, Erased
from community.notices import send
from handlers.framework.clubs import elsewhere, prefix
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature

feature = Feature(
    "erase",
    usage="#删除我的数据（私聊）",
    summary="先给你一份，再确认一次，然后全部删掉",
    order=180,
)

_CONFIRMED = re.compile(r"[#＃]?(\d{6})\s*(匿名|全删)[。.！!]?")
_CHOICES: dict[str, Choice] = {"匿名": "anonymous", "全删": "removed"}


@feature.command("删除我的数据", "注销")
def erase(ctx: Context, call: Call) -> str | None:
    """Give everything out and ask, or do it."""
    if not call.body:
        export.hand_out(ctx.scene, member=ctx.member, account=ctx.message.sender.account)
        return _question(ctx, call)
    confirmed = _CONFIRMED.fullmatch(call.body)
    if confirmed is None:
        raise UserError(
            f"没看懂，什么都没删。发 #{call.word} 重新开始；"
            f"确认要写验证码和选择，例如 #{call.word} 123456 匿名。"
        )
    if codes.holder(ctx.scene, code=confirmed[1], purpose="erase") != ctx.member.id:
        raise UserError(f"验证码不对或已过期，什么都没删。发 #{call.word} 重新开始。")
    _do(ctx, _CHOICES[confirmed[2]])
    return None


def _question(ctx: Context, call: Call) -> str:
    code = prefix(ctx) + codes.issue(ctx.scene, member=ctx.member, purpose="erase")
    text = (
        f"以上是「{ctx.scene.settings.name}」里和你有关的全部内容，需要就先存一份。\n"
        "确定删除，10 分钟内回复其中一句：\n"
        f"#删除我的数据 {code} 匿名：帖子留下，去掉姓名和联系方式，进行中的撤下\n"
        f"#删除我的数据 {code} 全删：帖子也一起删\n"
        "不管选哪一种，名片、账号、订阅、感谢、申请和聊天记录都会删，删了找不回来。"
    )
    return "\n".join(filter(None, [text, elsewhere(ctx, call)]))


def _do(ctx: Context, choice: Choice) -> None:
    """Erase, and say so in words that are not kept either."""
    message = ctx.message
    done = erasure.erase(
        ctx.scene, member=ctx.member, choice=choice, at_work=(message.channel, message.key)
    )
    text = _receipt(ctx, done)
    account = message.sender.account
    send(ctx.scene, Send(account=account, segments=(Text(text=text),), forget=True))


def _receipt(ctx: Context, done: Erased) -> str:
    posts = f"帖子删掉 {done.posts_removed} 条"
    if done.posts_kept:
        posts = f"帖子匿名 {done.posts_kept} 条（其中撤下 {done.withdrawn} 条）"
    return (
        f"「{ctx.scene.settings.name}」里你的数据已经删除：名片 1 张、账号 {done.accounts} 个、"
        f"{posts}、订阅 {done.follows} 个、感谢 {done.thanks} 次、申请 {done.applications} 份、"
        f"举报 {done.reports} 条、聊天消息 {done.messages} 条。\n"
        f"{done.kept}这条回执发出后也会删除。你以后再给我发指令，会当作新来的人。"
    )
