"""Writing down what happens to a post, and telling its author when another did it."""

from typing import Any

from community import audit_log
from community.notices import tell
from community.scene import Scene
from storage.tables import Member, Post


def note(scene: Scene, *, post: Post, actor: Member, verb: str, **detail: Any) -> None:
    """An entry in the audit."""
    audit_log.note(scene, verb=verb, subject="post", subject_id=post.id, actor=actor, detail=detail)


def tell_author(scene: Scene, *, post: Post, actor: Member, what: str) -> None:
    """A private word to the author, unless he did it himself."""
    if actor.id != post.author_id:
        author = scene.session.get_one(Member, (scene.community_id, post.author_id))
        text = f"管理员 {actor.shown} {what}你的 #{post.id}「{post.title}」。"
        tell(scene, member=author, text=text, about=post.id)
