"""Being told of new posts about a keyword."""

import re

from community.errors import UserError
from community.pool import follows
from community.pool.follows import Followed
from handlers.framework.clubs import here
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.keywords import quoted, split

feature = Feature(
    "follow",
    usage="#订阅 跨境电商、Java 后端",
    summary="有人发相关内容就告诉你；#订阅 看清单",
    order=80,
    any_text=True,
)


# Of Chinese, with a blank between: mostly meant as one or the other.
_TWO_WORDS = re.compile(r"[\u3400-\u9fff]{2,}\s+[\u3400-\u9fff]{2,}")


@feature.command("follow", "订阅")
def follow(ctx: Context, call: Call) -> str:
    """Follow keywords, or list what is followed."""
    keywords = split(call.body)
    if not keywords:
        return _list(ctx)
    followed = follows.follow(ctx.scene, member=ctx.member, keywords=keywords)
    lines = _lines(followed, here(ctx))
    if not followed.added and not followed.known:
        raise UserError("\n".join(lines))
    return "\n".join(lines)


def _list(ctx: Context) -> str:
    mine = follows.listed(ctx.scene, member=ctx.member)
    where = here(ctx)
    if not mine:
        return f"你{where}还没有订阅。发 #订阅 跨境电商，有人发相关内容我就告诉你。"
    words = quoted(one.keyword for one in mine)
    return f"你{where}订阅了：{words}\n不要了，发 #退订 加词，或 #退订 全部。"


def _lines(followed: Followed, where: str) -> list[str]:
    """One line for each thing that happened."""
    told = (
        (followed.added, "已{where}订阅{}，有人发相关内容我就告诉你。不要了，发 #退订 加词。"),
        (
            [word for word in followed.added if _TWO_WORDS.search(word)],
            "{}要同一条里都有才算；想各算各的，用、隔开再订阅。",
        ),
        (followed.known, "{}早就{where}订阅了。"),
        (followed.too_common, "{}太宽泛，订阅了也找不准；换个具体点的词，例如 #订阅 跨境电商。"),
        (followed.too_long, f"{{}}太长，一个词最多 {follows.LONGEST} 字；几个词用、隔开。"),
        (followed.beyond, f"{{}}没加上：每人最多订阅 {follows.MOST} 个，先退订几个。"),
    )
    return [text.format(quoted(words), where=where) for words, text in told if words]
