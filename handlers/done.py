"""A post has come to its good end, thanks to somebody."""

import re

from community import directory
from community.people import holder_of
from community.posts import closing
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import meant_post
from handlers.framework.receipts import item
from handlers.framework.reply import Reply, say
from storage.tables import Member

feature = Feature(
    "done",
    usage="#搞定 12 @帮你的人（或引用那条消息发 搞定）",
    summary="办成了，谢谢帮忙的人",
    order=40,
)

_CALLED = re.compile(r"[@＠]([^\s@＠#＃，,。；;、！!]+)")


@feature.command("done", "搞定", "完成", "已解决", answers=("搞定", "完成", "已解决", "done"))
def done(ctx: Context, call: Call) -> Reply:
    """Close a post, and credit those who are mentioned."""
    meant = meant_post(ctx, call)
    helpers, unknown = _helpers(ctx, meant.rest)
    thanked = closing.finish(ctx.scene, post=meant.post, actor=ctx.member, helpers=helpers)
    lines = [f"{item(meant.post)}办成了{_thanks(thanked)}"]
    if unknown:
        lines.append(f"没认出 {'、'.join(unknown)}，没有记上；真的 @ 一下 ta 就行。")
    return say("\n".join(lines), about=meant.post.id)


def _thanks(thanked: list[Member]) -> str:
    names = "、".join(one.shown for one in thanked)
    return f"，谢谢 {names}！已经转告 ta。" if thanked else "，真好。"


def _helpers(ctx: Context, text: str) -> tuple[list[Member], list[str]]:
    """Members who were really mentioned; else by the names after an @, and who is unclear."""
    mentions = ctx.message.mentions
    if mentions:
        return [holder_of(ctx.scene, account=one.account, name=one.name) for one in mentions], []
    known, unknown = [], []
    for name in _CALLED.findall(text):
        found = directory.find(ctx.scene, name=name, limit=1)
        if found.total == 1:
            known.append(found.members[0])
        else:
            unknown.append(f"@{name}")
    return known, unknown
