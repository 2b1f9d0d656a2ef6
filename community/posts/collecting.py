"""Keeping what somebody said without a tag, on behalf of its author, who may refuse."""

import re

from community.errors import UserError
from community.members.people import get_or_create_holder
from community.membership import standing
from community.posts.closing import remove_from_pool
from community.posts.finding import by_message, check_open
from community.posts.history import note
from community.posts.publishing import Published, publish, same_post
from community.rights import may_change
from community.scene import Scene
from community.updates import Quoted
from community.wording import KINDS
from storage.tables import Member, Post

_NEEDS = re.compile(
    r"求(?!职|婚|生)|[想在]找|找(?!合作|上门|零|茬)|招(?!商|标|呼|牌|待)|收购|急?需要|急缺|缺[一个人]"
    r"|谁(?:那|那里|那儿|家|手[里上头])?[有会懂能]|哪[里儿]有|哪位|有没有|有人.{0,8}吗|帮忙推荐|想[要租买学]"
)
_OFFERS = re.compile(
    r"提供|出[售租]|转[让租]|承接|可接|接单|赠送|免费|供应|代[办理做]|求职|(?<!谁)[我手]这?[里边上]?有|富余|闲置"
    r"|欢迎.{0,6}(?:咨询|对接|联系)|需要的.{0,6}(?:说|私|联系|找我)|找合作|可以帮"
)


def guess(text: str) -> str | None:
    """Need or offer? None when the words speak for both or for neither."""
    needs, offers = bool(_NEEDS.search(text)), bool(_OFFERS.search(text))
    if needs == offers:
        return None
    return "need" if needs else "offer"


def collect(
    scene: Scene,
    *,
    collector: Member,
    quoted: Quoted,
    group: str | None,
    kind: str,
    text: str,
) -> Published:
    """Store the quoted words as a post of their author. Raises UserError.

    One's own words become a post of one's own, as if posted now.
    """
    author = get_or_create_holder(scene, account=quoted.account, name=quoted.name)
    if standing.is_out(scene, member=author):
        raise UserError(f"{author.shown} 已经不是成员了，不能替 ta 登记。")
    known = same_post(scene, author=author, kind=kind, text=text)
    if known is not None:
        raise UserError(f"这条已经在了，是 #{known.id}。")
    own = author.id == collector.id
    try:
        return publish(
            scene,
            author=author,
            kind=kind,
            text=text,
            source_group=group,
            source_message=quoted.message_id,
            collected_by=None if own else collector,
        )
    except UserError as error:  # what is given back are the author's words, not the collector's
        raise error if own else UserError(error.why, private=error.private) from error


def check_new(scene: Scene, *, quoted: Quoted, lane: str, group: str | None) -> None:
    """Raises UserError when the quoted message is a post already, or was one that was refused."""
    post = by_message(scene, lane=lane, group=group, message_id=quoted.message_id)
    if post is None or post.state == "undone":
        return
    if post.state == "withdrawn" and post.collected_by is not None:
        raise UserError("作者说过不用记这条，就不再记了。")
    raise UserError(f"这条已经在了，是 #{post.id}（{KINDS[post.kind]}「{post.title}」）。")


def refuse(scene: Scene, *, post: Post, actor: Member) -> None:
    """The author does not want what was kept for him. Raises UserError."""
    if not may_change(scene, actor, post):
        raise UserError(f"#{post.id} 留不留，由作者本人决定。")
    check_open(post, "active", "expired")
    note(scene, post=post, actor=actor, verb="withdrawn", before=post.state)
    remove_from_pool(scene, post, state="withdrawn")
