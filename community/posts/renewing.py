"""Letting a post run on, with restraint."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from community.anonymity.watch import look_soon
from community.errors import UserError
from community.posts import lifetime
from community.posts.expiry import MOST_RENEWALS, forget_notices
from community.posts.finding import check_open, check_owner
from community.posts.history import note
from community.posts.publishing import Published, agree_to_collected, index_and_match
from community.scene import Scene
from storage.tables import Member, Post

PAUSE: Mapping[str, timedelta] = MappingProxyType(
    {"need": timedelta(days=7), "offer": timedelta(days=3)}
)
NEAR_THE_END: Mapping[str, timedelta] = MappingProxyType(
    {"need": timedelta(days=1), "offer": timedelta(days=7)}
)


def renew(scene: Scene, *, post: Post, actor: Member) -> Published | None:
    """The post runs anew for its whole time, also when it had run out. Raises UserError.

    One that was out of the pool has missed what came meanwhile: it is matched anew, and what fits
    is given. It calls nobody, for nobody has said anything new.
    """
    check_owner(scene, post=post, actor=actor)
    check_open(post, "active", "expired")
    if post.bumps >= MOST_RENEWALS:
        raise UserError(f"#{post.id} 已经续过 {MOST_RENEWALS} 次了，有变化就重新发一条吧。")
    began = post.expires_at - lifetime.LIFE[post.kind]
    earliest = min(began + PAUSE[post.kind], post.expires_at - NEAR_THE_END[post.kind])
    if scene.now < earliest:
        left = -(-(earliest - scene.now) // timedelta(days=1))
        just = "刚续过" if post.bumps else "刚发不久"
        raise UserError(f"#{post.id} {just}，{left} 天后再续；到期前我会提醒你。")
    note(scene, post=post, actor=actor, verb="renew", before=post.state)
    forget_notices(scene, post)
    missed = post.state == "expired"
    missed |= agree_to_collected(post, actor=actor)
    lifetime.run(scene, post)
    look_soon(scene, post)
    post.bumps += 1
    if not missed:
        return None
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    return index_and_match(scene, post, author, group=None)
