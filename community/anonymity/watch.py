"""Whether whoever is behind an anonymous post is still a member.

When somebody leaves, what he posted under his name goes at once. What is anonymous goes within a
day and a half, at an hour drawn by lot: else everybody who sees it go would know whose it was.
"""

import secrets
from datetime import datetime, timedelta

from community.anonymity.authors import behind, is_alias
from community.membership.blacklist import is_barred
from community.scene import Scene
from storage.tables import Member, Post

_LEAST, _MOST = timedelta(hours=6), timedelta(hours=36)


def look_soon(scene: Scene, post: Post) -> None:
    """The clock comes to an anonymous post again before the next notice to its author is due."""
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    if post.notice_at is not None and is_alias(scene, author):
        post.notice_at = min(post.notice_at, _some_time(scene.now))


def has_left(scene: Scene, author: Member) -> bool:
    """Whoever is behind the alias is not here any more; False where nobody can tell."""
    person = behind(scene, author.id)
    return person is not None and (not person.active or is_barred(scene.session, person))


def _some_time(now: datetime) -> datetime:
    spread = int((_MOST - _LEAST).total_seconds())
    return now + _LEAST + timedelta(seconds=secrets.randbelow(spread))
