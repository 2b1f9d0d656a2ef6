"""Members and posts to begin a test with."""

from datetime import datetime, timedelta
from typing import Any

from community.members.people import get_or_create_member
from community.scene import Scene
from storage.queries import counters
from storage.tables import Member, Post


def member(scene: Scene, name: str, **fields: Any) -> Member:
    """Somebody who has spoken in the group."""
    made = get_or_create_member(scene, account=f"onebot:{name}", name=name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def post(scene: Scene, author: Member, text: str, **fields: Any) -> Post:
    """A stored post that nobody has indexed yet."""
    lasts: timedelta = fields.pop("lasts", timedelta(days=7))
    notice: datetime | None = fields.pop("notice_at", None)
    made = Post(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="post"),
        author_id=author.id,
        text=text,
        title=text[:24],
        fingerprint=text[:64],
        created_at=scene.now,
        updated_at=scene.now,
        expires_at=scene.now + lasts,
        notice_at=notice,
        **{"kind": "need", **fields},
    )
    scene.session.add(made)
    scene.session.flush()
    return made
