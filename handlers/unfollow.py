"""Not being told any more."""

from community.errors import UserError
from community.pool import follows
from community.posts.finding import by_message
from handlers.framework.clubs import here
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.keywords import quoted, split
from matching import fold
from storage.tables import Post

feature = Feature(
    "unfollow",
    usage="#退订 跨境电商（或 #退订 全部）",
    summary="不再提醒某个词",
    order=81,
    any_text=True,
)

_ALL = frozenset({"全部", "所有", "all", "全都", "全退"})


@feature.command("unfollow", "退订", answers=("退订",))
def unfollow(ctx: Context, call: Call) -> str:
    """Stop following keywords, all of them, or those that brought the quoted post."""
    keywords = split(call.body)
    if not keywords:
        return _answer(ctx)
    if len(keywords) == 1 and fold(keywords[0]) in _ALL:
        gone = follows.unfollow_all(ctx.scene, member=ctx.member)
        return (
            f"已{here(ctx)}全部退订：{quoted(gone)}" if gone else f"你{here(ctx)}没有订阅任何词。"
        )
    # What was followed as one word before 会计/律师 became two goes as well.
    gone = follows.unfollow(ctx.scene, member=ctx.member, keywords=[*keywords, call.body])
    if not gone:
        raise UserError(f"你{here(ctx)}没有订阅{quoted(keywords)}。{_mine(ctx)}")
    return f"已{here(ctx)}退订{quoted(gone)}。"


def _answer(ctx: Context) -> str:
    post = _quoted_post(ctx)
    if post is None:
        raise UserError(f"要退订哪个词？例如：#退订 跨境电商，或 #退订 全部。{_mine(ctx)}")
    gone = follows.unfollow_about(ctx.scene, member=ctx.member, post=post)
    if not gone:
        raise UserError(f"这条不是因为订阅告诉你的。{_mine(ctx)}")
    return f"已退订{quoted(gone)}。"


def _quoted_post(ctx: Context) -> Post | None:
    message = ctx.message
    if message.quoted is None:
        return None
    lane = message.group or message.sender.account
    quoted_id = message.quoted.message_id
    return by_message(ctx.scene, lane=lane, group=message.group, message_id=quoted_id)


def _mine(ctx: Context) -> str:
    words = [one.keyword for one in follows.listed(ctx.scene, member=ctx.member)]
    return f"你{here(ctx)}订阅了：{quoted(words)}" if words else "你现在没有订阅。"
