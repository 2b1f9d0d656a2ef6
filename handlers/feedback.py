"""A word about a match: it was of use, or it was not. The community learns from it."""

from collections.abc import Sequence

from community.errors import UserError
from community.learning import labels
from community.learning.feedback_target import matches_meant
from handlers.framework.anonymous import as_author
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.named import named_members
from handlers.framework.numbers import numbered_post
from storage.tables import Match, Member, Post

feature = Feature(
    "feedback",
    usage="#有用 7（或引用我的消息回 有用、没用）",
    summary="说说匹配准不准，我会越找越准",
    order=45,
)

_NONE = "最近没有给你匹配过什么。写上编号也行，例如 #{word} 12。"
_NOT_THIS = "#{number} 没有和你匹配过，没有记。"
_NOT_THEM = "没有和这几位匹配过，没有记。"


@feature.command("useful", "有用", answers=("有用",), number="alone")
def useful(ctx: Context, call: Call) -> str:
    """The match was good."""
    ctx, found = _meant(ctx, call)
    if len(found) > 1:
        raise UserError(_which(ctx, call, found))
    labels.record(ctx.scene, found=found, by=ctx.member, good=True)
    return "记下了，谢谢你告诉我。"


@feature.command("useless", "没用", answers=("没用", "不准"), number="alone")
def useless(ctx: Context, call: Call) -> str:
    """The match was wrong, or all that was shown."""
    ctx, found = _meant(ctx, call)
    labels.record(ctx.scene, found=found, by=ctx.member, good=False)
    several = f"这 {len(found)} 个都" if len(found) > 1 else ""
    return f"记下了，{several}不合适。要是几位朋友都这么说，类似的就会少出现。"


def _meant(ctx: Context, call: Call) -> tuple[Context, list[Match]]:
    """What the member speaks of, and as whom he does; never empty. Raises UserError."""
    named = numbered_post(ctx, call)
    post = named.post if named else None
    people = named_members(ctx, named.rest if named else call.body, post)
    if people.unclear:
        raise UserError(f"没认出 {'、'.join(people.unclear)}，没有记；真的 @ 一下 ta 就行。")
    ctx = ctx if post is None else as_author(ctx, post)
    found = matches_meant(ctx.scene, member=ctx.member, post=post, people=people.members)
    if not found:
        raise UserError(_nothing(call, post, people.members))
    return ctx, found


def _nothing(call: Call, post: Post | None, people: Sequence[Member]) -> str:
    if people:
        return _NOT_THEM
    if post is not None:
        return _NOT_THIS.format(number=post.id)
    return _NONE.format(word=call.tag)


def _which(ctx: Context, call: Call, found: Sequence[Match]) -> str:
    """Of several, one has to be named: by its number, or a member by an @."""
    session, community_id = ctx.scene.session, ctx.scene.community_id
    lines = [f"哪一个有用？写上编号或 @ ta，例如 #{call.tag} 7："]
    for match in found:
        if match.target_post_id is not None:
            both = (match.target_post_id, match.post_id)  # whichever came later
            pair = [session.get_one(Post, (community_id, number)) for number in both]
            other = next((one for one in pair if one.author_id != ctx.member.id), pair[0])
            lines.append(f"#{other.id}「{other.title}」")
        else:
            member = session.get_one(Member, (community_id, match.target_member_id))
            lines.append(f"{member.shown}（#{match.post_id}）")
    return "\n".join(lines)
