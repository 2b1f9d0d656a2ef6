"""The end of a post that somebody brings about: done, or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.anonymity.authors import alias_of
from community.learning import labels
from community.notices import tell
from community.pool.indexing import index_post
from community.posts.finding import check_open, check_owner
from community.posts.history import note, tell_author
from community.scene import Scene
from storage.queries.traffic import timely
from storage.tables import Credit, Member, Post


@dataclass(frozen=True)
class Thanks:
    """Who is thanked, and who of them cannot be told."""

    helpers: Sequence[Member] = ()
    untold: Sequence[Member] = ()

    @property
    def text(self) -> str:
        """What whoever thanks reads behind the good news."""
        if not self.helpers:
            return "，真好。"
        thanks = f"，谢谢 {_names(self.helpers)}！"
        if not self.untold:
            return f"{thanks}已经转告 ta。"
        return f"{thanks}我联系不上 {_names(self.untold)}，请你转告一声。"


def finish(scene: Scene, *, post: Post, actor: Member, helpers: Sequence[Member]) -> Thanks:
    """The post is done, thanks to the helpers. Raises UserError.

    Nobody is thanked for helping himself.
    """
    _close(scene, post, actor, state="done")
    thanked = {one.id: one for one in helpers if not _is_himself(scene, post, actor, one)}
    untold = []
    for helper in thanked.values():
        scene.session.add(
            Credit(
                community_id=scene.community_id,
                post_id=post.id,
                helper_id=helper.id,
                created_at=scene.now,
            )
        )
        text = f"{actor.shown} 说多亏你，#{post.id}「{post.title}」办成了。谢谢你！"
        if not tell(scene, member=helper, text=text, about=post.id):
            untold.append(helper)
    labels.record_thanks(scene, post=post, actor=actor, helpers=list(thanked.values()))
    tell_author(scene, post=post, actor=actor, what="标记办成了")
    return Thanks(list(thanked.values()), untold)


def _is_himself(scene: Scene, post: Post, actor: Member, helper: Member) -> bool:
    """Also behind an alias; asked by anybody else, that would tell who it is."""
    if helper.id == post.author_id:
        return True
    by_alias = actor.id == post.author_id and not actor.active
    return by_alias and alias_of(scene, person=helper, post=post) is not None


def _names(people: Sequence[Member]) -> str:
    return "、".join(one.shown for one in people)


def withdraw(scene: Scene, *, post: Post, actor: Member) -> None:
    """The author wants it no more. Raises UserError."""
    _close(scene, post, actor, state="withdrawn")
    tell_author(scene, post=post, actor=actor, what="撤下了")


def _close(scene: Scene, post: Post, actor: Member, *, state: str) -> None:
    check_owner(scene, post=post, actor=actor)
    check_open(post, "active", "expired")
    note(scene, post=post, actor=actor, verb=state, before=post.state)
    remove_from_pool(scene, post, state=state)


def remove_from_pool(scene: Scene, post: Post, *, state: str) -> None:
    """Nothing finds the post any more, and nobody is told that it runs."""
    timely.forget(scene.session, community_id=scene.community_id, post_id=post.id)
    post.state, post.closed_at, post.notice_at = state, scene.now, None
    post.updated_at = scene.now
    index_post(scene, post)
