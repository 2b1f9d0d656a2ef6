"""Words, mostly six digits, that prove an intention for ten minutes; only digests are stored."""

import secrets
from datetime import timedelta
from typing import Literal

from community.membership.digests import digest
from community.scene import Scene
from storage.queries.people import codes
from storage.tables import Code, Member

Purpose = Literal["link", "erase", "web"]

LIFE = timedelta(minutes=10)
_DIGITS = 6


def issue(scene: Scene, *, member: Member, purpose: Purpose) -> str:
    """A new code for the member; one that was issued before is worth nothing any more."""
    while True:
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        if holder(scene, code=code, purpose=purpose) is None:
            break
    set_code(scene, member=member, code=code, purpose=purpose)
    return code


def set_code(scene: Scene, *, member: Member, code: str, purpose: Purpose) -> None:
    """Let this be the member's code for the purpose, and no other."""
    scene.session.merge(
        Code(
            community_id=scene.community_id,
            member_id=member.id,
            purpose=purpose,
            digest=_digest(scene, purpose, code),
            expires_at=scene.now + LIFE,
        )
    )
    scene.session.flush()


def holder(scene: Scene, *, code: str, purpose: Purpose) -> int | None:
    """The id of the member whose code it is, as long as it is valid."""
    found = codes.by_digest(
        scene.session,
        community_id=scene.community_id,
        purpose=purpose,
        digest=_digest(scene, purpose, code),
        now=scene.now,
    )
    return None if found is None else found.member_id


def consume(scene: Scene, *, member_id: int, purpose: Purpose) -> None:
    """The code has served."""
    row = codes.get(
        scene.session, community_id=scene.community_id, member_id=member_id, purpose=purpose
    )
    if row is not None:
        scene.session.delete(row)
        scene.session.flush()


def _digest(scene: Scene, purpose: str, code: str) -> str:
    return digest(scene.community_id, f"{purpose}:{code}")
