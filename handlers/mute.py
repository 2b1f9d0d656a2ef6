"""No more mentions, at once and with one word."""

import re

from community.errors import UserError
from community.members import profiles
from handlers.framework.clubs import elsewhere, here, prefix
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from matching import fold

feature = Feature(
    "mute",
    usage="#勿扰（恢复：#勿扰 关）",
    summary="不再 @ 你，随时可以恢复",
    order=90,
)

_OFF = re.compile(
    r"(?:请|先|帮我|给我)*(?:关闭?|关掉|取消|off|恢复|解除)(?:勿扰|一下|[了掉吧啊呀])*\W*(?:谢谢)?\W*"
)
_SPEAKS_OF_OFF = re.compile(r"关(?!于|键)|取消|恢复|解除|off")
_STILL = "你发的需求和供给照常登记、照常匹配，订阅的内容照常告诉你。"


@feature.command("mute", "勿扰", answers=("勿扰",))
def mute(ctx: Context, call: Call) -> str:
    """Stop or allow mentions."""
    said, where = fold(call.body), here(ctx)
    if _OFF.fullmatch(said):
        changed = profiles.mute(ctx.scene, member=ctx.member, muted=False)
        if changed:
            return f"好，{where}有合适的会再 @ 你。"
        return f"你{where}没有开勿扰，有合适的会 @ 你。"
    if _SPEAKS_OF_OFF.search(said):  # 怎么关: to mute him would be the contrary
        raise UserError("没看懂，没有改动。不想被 @，只发 #勿扰；要恢复，发 #勿扰 关。")
    changed = profiles.mute(ctx.scene, member=ctx.member, muted=True)
    done = (
        f"好，{where}不再 @ 你了，后来的匹配也不再私下告诉你。"
        if changed
        else f"{where}勿扰已经开着，不会 @ 你。"
    )
    return f"{done}{_STILL}要恢复，发 #勿扰 {prefix(ctx)}关。{elsewhere(ctx, call)}"
