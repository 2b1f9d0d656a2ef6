"""Taking back the last step, for as long as it is fresh."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from community.anonymity.watch import look_soon
from community.errors import UserError
from community.matches.search import OPPOSITE
from community.members.people import by_account
from community.notices import tell
from community.pool.indexing import index_post
from community.posts.closing import remove_from_pool
from community.posts.expiry import first_notice
from community.posts.finding import by_number
from community.posts.history import note, tell_author
from community.posts.publishing import Published, index_and_match
from community.scene import Scene
from storage.queries import audit
from storage.queries.learning import labels
from storage.queries.people import members
from storage.queries.pool import credits, matches, posts
from storage.tables import Audit, Member, Post

FRESH = timedelta(minutes=10)
_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "post": "撤回了，不占今天的条数。",
        "collect": "撤回了，不占今天的条数。",
        "done": "还在进行中，办成和感谢都撤回了。",
        "withdrawn": "又放回来了。",
    }
)
_EXPIRED: Mapping[str, str] = MappingProxyType(
    {"done": "办成和感谢都撤回了", "withdrawn": "没有撤下"}
)
_BEGINNINGS = ("post", "collect")
_ENDS = ("done", "withdrawn")


@dataclass(frozen=True)
class Undone:
    """A step that was taken back."""

    post: Post
    step: str
    met: Published | None = None  # matched anew, where something came while it was away


def undo(scene: Scene, *, actor: Member, number: int | None = None) -> Undone:
    """Take back what the member did last, to any post or to that one.

    Raises UserError when there is nothing fresh that can be taken back.
    """
    entry = _last(scene, actor, number)
    if entry is None:
        raise UserError(_too_late(scene, number))
    post = by_number(scene, entry.subject_id)
    met = None
    if number is not None and entry.verb not in (*_BEGINNINGS, *_ENDS):
        entry = _beginning(scene, actor, number) or entry
    if entry.verb in _BEGINNINGS:
        _thank_nobody(scene, post, actor)
        _unmake(scene, post)
    elif entry.verb in _ENDS and post.state == entry.verb:
        _thank_nobody(scene, post, actor)
        met = _reopen(scene, post, before=entry.detail["before"])
        tell_author(scene, post=post, actor=actor, what="恢复了")
    else:
        raise UserError(_impossible(scene, actor, post, entry))
    note(scene, post=post, actor=actor, verb="undo", entry=entry.id)
    return Undone(post, entry.verb, met)


def is_fresh(scene: Scene, post: Post) -> bool:
    """It is worth offering to take back the last step: whose it was, only ``undo`` tells."""
    return post.state in ("active", *_ENDS) and scene.now - post.updated_at <= FRESH


def told(post: Post, step: str) -> str:
    """What the member reads when a step was taken back; what had run out does not run again."""
    if post.state == "expired":
        return f"{_EXPIRED[step]}，它还是到期的；还要就发 #续 {post.id}。"
    return _TOLD[step]


def last_step(scene: Scene, actor: Member) -> datetime | None:
    """When the member did what he could take back now."""
    entry = _last(scene, actor, None)
    return None if entry is None else entry.at


def source_recalled(
    scene: Scene, *, group: str | None, message_id: str, author: str = ""
) -> Post | None:
    """The message that a post was made of is gone: so is a fresh post, as if never posted.

    Gives the post where it is too old for that, and stays in the pool. ``author``: whose message
    it was; another account of the bot may know another message by this id.
    """
    post = posts.by_source(
        scene.session, community_id=scene.community_id, group=group, message_id=message_id
    )
    if post is None or post.state != "active":
        return None
    holder = by_account(scene, account=author) if author else None
    if author and (holder is None or holder.id != post.author_id):
        return None
    if scene.now - post.created_at > FRESH:
        return post
    actor = scene.session.get_one(Member, (scene.community_id, post.author_id))
    _unmake(scene, post)
    note(scene, post=post, actor=actor, verb="recall")
    return None


def _last(scene: Scene, actor: Member, number: int | None) -> Audit | None:
    """The latest fresh step of the member that is not taken back yet."""
    for entry in _steps(scene, actor):
        if number is None or entry.subject_id == number:
            return entry
    return None


def _beginning(scene: Scene, actor: Member, number: int) -> Audit | None:
    """When the member brought the post, if that is fresh."""
    mine = (one for one in _steps(scene, actor) if one.subject_id == number)
    return next((one for one in mine if one.verb in _BEGINNINGS), None)


def _steps(scene: Scene, actor: Member) -> list[Audit]:
    """What the member did lately and has not taken back, the latest first."""
    entries = audit.by_actor(
        scene.session,
        community_id=scene.community_id,
        actor_id=actor.id,
        subject="post",
        since=scene.now - FRESH,
    )
    undone = {entry.detail["entry"] for entry in entries if entry.verb == "undo"}
    return [one for one in entries if one.verb != "undo" and one.id not in undone]


def _impossible(scene: Scene, actor: Member, post: Post, entry: Audit) -> str:
    what = "改动" if entry.verb == "edit" else "最近一步"
    if _beginning(scene, actor, post.id) is None:
        return f"#{post.id} 的{what}撤不回。要收起整条，发 #撤 {post.id}。"
    return f"#{post.id} 的{what}撤不回。要撤回整条，发 #撤回 {post.id}。"


def _too_late(scene: Scene, number: int | None) -> str:
    minutes = FRESH // timedelta(minutes=1)
    if number is None:
        return f"最近 {minutes} 分钟没有可以撤回的。要收起以前的，发 #撤 加编号；#我的 看编号。"
    by_number(scene, number)
    return f"#{number} 在最近 {minutes} 分钟里没有你能撤回的动作。要收起它，发 #撤 {number}。"


def _unmake(scene: Scene, post: Post) -> None:
    """As if never posted: it counts nowhere. Mentions stay written, for they were really made."""
    remove_from_pool(scene, post, state="undone")
    matches.forget(scene.session, community_id=scene.community_id, post_id=post.id)
    labels.forget(scene.session, community_id=scene.community_id, post_id=post.id)


def _thank_nobody(scene: Scene, post: Post, actor: Member) -> None:
    """Whoever was thanked hears that it was too early, or he would be thanked twice for one."""
    session, community_id = scene.session, scene.community_id
    thanked = credits.of_post(session, community_id=community_id, post_id=post.id)
    credits.forget(session, community_id=community_id, post_id=post.id)
    text = f"{actor.shown} 撤回了：#{post.id}「{post.title}」还没办成，刚才的感谢也收回了。"
    for helper in members.by_ids(session, community_id=community_id, ids=thanked):
        tell(scene, member=helper, text=text, about=post.id)


def _reopen(scene: Scene, post: Post, *, before: str) -> Published | None:
    session, community_id = scene.session, scene.community_id
    labels.forget(session, community_id=community_id, post_id=post.id, source="done")
    away, kind = post.closed_at or scene.now, OPPOSITE[post.kind]
    post.state, post.updated_at = before, scene.now
    if before == "active":
        post.closed_at = None
        post.notice_at = first_notice(expires_at=post.expires_at, now=scene.now)
        look_soon(scene, post)
        if posts.came_since(session, community_id=community_id, kind=kind, since=away):
            author = session.get_one(Member, (community_id, post.author_id))
            return index_and_match(scene, post, author, group=None)
    index_post(scene, post)
    return None
