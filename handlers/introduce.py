"""A member puts two others in touch, who are both asked first."""

import re

from community.errors import UserError
from community.introductions import asking
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.people import by_name, mentioned, without_mentions
from storage.tables import Member

feature = Feature(
    "introduce",
    usage="#引荐 @张三 @李四 都在做跨境电商",
    summary="介绍两位认识，我分别问过，都愿意了才交换联系方式",
    order=73,
)

_PAIR = re.compile(
    r"[@＠]?([^\s、，,]+)[\s、，,]+(?:[和与跟]\s*)?[@＠]?([^\s、，,：:]+)[\s，,：:]*(.*)", re.DOTALL
)
_LEFT = re.compile(r"^[\s、，,：:]*(?:[和与跟][\s、，,：:]+)?")
_USAGE = "写两位和一句理由，例如：#{word} @张三 @李四 都在做跨境电商"


@feature.command("introduce", "引荐")
def introduce(ctx: Context, call: Call) -> str:
    """Ask both."""
    one, two, words = _meant(ctx, call)
    asking.introduce(ctx.scene, introducer=ctx.member, pair=(one, two), words=words)
    return f"已分别转达给 {one.shown} 和 {two.shown}，都愿意的话私聊告诉你。"


def _meant(ctx: Context, call: Call) -> tuple[Member, Member, str]:
    """The two, and why. Raises UserError."""
    usage = _USAGE.format(word=call.tag)
    if ctx.message.mentions:
        called = mentioned(ctx)
        if len(called) != 2:
            raise UserError(f"要引荐的是两位，没有转达。{usage}")
        words = without_mentions(ctx, call.body)
        return called[0], called[1], _LEFT.sub("", words)
    pair = _PAIR.fullmatch(call.body)
    if pair is None:
        raise UserError(f"引荐谁和谁？{usage}")
    one, two = (by_name(ctx, name, example=f"#{call.tag} {{}} …") for name in pair.groups()[:2])
    return one, two, pair[3]
