"""A link from the private chat that signs in once."""

import secrets
from datetime import timedelta
from typing import Final

from community.membership.digests import digest
from community.scene import Scene
from storage.queries import codes
from storage.tables import Code, Member

LIFE: Final = timedelta(minutes=10)
_PURPOSE = "web"


def offer(scene: Scene, *, member: Member) -> str:
    """The address that signs this member in; one that was given before leads nowhere any more."""
    token = secrets.token_urlsafe(24)
    scene.session.merge(
        Code(
            community_id=scene.community_id,
            member_id=member.id,
            purpose=_PURPOSE,
            digest=_digest(scene, token),
            expires_at=scene.now + LIFE,
        )
    )
    scene.session.flush()
    return f"{scene.settings.public_url}/c/{scene.community_id}/enter/{token}"


def use(scene: Scene, *, token: str) -> int | None:
    """The id of the member whose link it is; it has served now. None: it is none any more."""
    row = codes.by_digest(
        scene.session,
        community_id=scene.community_id,
        purpose=_PURPOSE,
        digest=_digest(scene, token),
        now=scene.now,
    )
    if row is None:
        return None
    scene.session.delete(row)
    scene.session.flush()
    return row.member_id


def _digest(scene: Scene, token: str) -> str:
    return digest(scene.community_id, f"{_PURPOSE}:{token}")
