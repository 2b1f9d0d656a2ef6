"""A member's own posts."""

from handlers.framework import anonymous
from handlers.framework.clubs import here
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.receipts import day, item

feature = Feature(
    "mine",
    usage="#我的",
    summary="看自己的需求和供给，带编号和到期日",
    order=50,
)

_MOST = 20  # in a group
_MOST_ALONE = 100
_MOST_OVER = 5


@feature.command("mine", "我的")
def mine(ctx: Context, _call: Call) -> str:
    """What runs, and what ran out lately and can be renewed."""
    running, over = anonymous.running(ctx), anonymous.run_out(ctx)
    where = here(ctx)
    if not running and not over:
        return (
            f"你{where}还没有进行中的需求或供给。发 #求 加内容找人帮忙，发 #供 加内容说你能给什么。"
        )
    lines = (
        [f"你{where}进行中的（{len(running)} 条）："]
        if running
        else [f"你{where}没有进行中的需求或供给。"]
    )
    most = _MOST_ALONE if ctx.private else _MOST
    lines += [f"{item(post)}{day(ctx.scene, post.expires_at)}到期" for post in running[:most]]
    if len(running) > most:
        way = "" if ctx.private else "，私聊我发 #我的 能看到"
        lines.append(f"…… 还有更早的 {len(running) - most} 条{way}")
    if over:
        lines += ["最近到期的：", *(item(post) for post in over[:_MOST_OVER])]
    if len(over) > _MOST_OVER:
        lines.append(f"…… 还有 {len(over) - _MOST_OVER} 条")
    example = (running or over)[0].id
    lines.append(f"办成 #搞定 {example} · 撤下 #撤 {example} · 再留 #续 {example}")
    return "\n".join(lines)
