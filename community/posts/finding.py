"""Which post is meant, and whether it may be changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from community.actions import Send, load_action
from community.errors import UserError
from community.rights import may_change
from community.scene import Scene
from community.wording import STATES
from matching import Analysis, fold, unrelated_terms
from storage.queries.pool import posts
from storage.queries.traffic import subjects
from storage.tables import Member, Post

LATELY = timedelta(days=14)
_ENDS = ("done", "withdrawn")


def by_number(scene: Scene, number: int) -> Post:
    """The post of that number. Raises UserError."""
    post = scene.session.get(Post, (scene.community_id, number))
    if post is None:
        raise unknown(number)
    return post


def unknown(number: int) -> UserError:
    """What is said of a number that there is not, or not for whoever names it."""
    return UserError(f"没有 #{number} 这一条。发 #我的 看自己的编号。")


def by_message(scene: Scene, *, lane: str, group: str | None, message_id: str) -> Post | None:
    """The post that a message became, or that the bot spoke of in it."""
    session, community_id = scene.session, scene.community_id
    number = spoken_of(scene, lane=lane, message_id=message_id)
    if number is not None:
        return session.get(Post, (community_id, number))
    return posts.by_source(session, community_id=community_id, group=group, message_id=message_id)


def spoken_of(scene: Scene, *, lane: str, message_id: str) -> int | None:
    """The number of the post that the bot spoke of in a message."""
    return subjects.post_of_message(
        scene.session, community_id=scene.community_id, lane=lane, message_id=message_id
    )


def words_of(scene: Scene, *, lane: str, message_id: str) -> str:
    """What the bot said in a message; "" where it is not known."""
    stored = subjects.action_of_message(scene.session, lane=lane, message_id=message_id)
    action = load_action(stored) if stored else None  # "": somebody was erased
    return action.text if isinstance(action, Send) else ""


def strange_words(scene: Scene, *, post: Post, text: str) -> Sequence[str]:
    """What a text names, 显示器, where the post speaks of nothing that it names."""
    words = unrelated_terms(scene.analyser.analyse(text), Analysis.load(post.analysis))
    return () if any(word in fold(post.text) for word in words) else words


def running(scene: Scene, *, author: Member) -> list[Post]:
    """What the member has in the pool, the newest first."""
    return _of(scene, author, "active")


def run_out(scene: Scene, *, author: Member) -> list[Post]:
    """What ran out lately and may be renewed, the newest first."""
    return _of(scene, author, "expired", since=scene.now - LATELY)


def ended(scene: Scene, *, author: Member, limit: int) -> list[Post]:
    """The latest of what the member brought to an end: done, or withdrawn."""
    latest = [post for end in _ENDS for post in _of(scene, author, end)[:limit]]
    return sorted(latest, key=lambda post: -post.id)[:limit]


def _of(scene: Scene, author: Member, state: str, since: datetime | None = None) -> list[Post]:
    return posts.by_author(
        scene.session,
        community_id=scene.community_id,
        author_id=author.id,
        state=state,
        since=since,
    )


def check_owner(scene: Scene, *, post: Post, actor: Member) -> None:
    """Raises UserError when the post is neither the actor's nor an admin's to change."""
    if not may_change(scene, actor, post):
        author = scene.session.get_one(Member, (scene.community_id, post.author_id))
        raise UserError(f"#{post.id} 是 {author.shown} 发的，只有 ta 本人或管理员能改。")


def check_open(post: Post, *states: str) -> None:
    """Raises UserError when the post is in none of these states."""
    if post.state not in states:
        raise UserError(f"#{post.id}「{post.title}」{STATES[post.state]}，没有改动。")
