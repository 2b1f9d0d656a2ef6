"""The browsers in which a member is signed in. He can see them all, and end each of them."""

import secrets
from datetime import timedelta
from typing import Final

from community.membership.digests import digest
from community.membership.history import note
from community.scene import Scene
from storage.queries.web import sign_ins
from storage.tables import Member, SignIn

IDLE: Final = timedelta(days=30)  # unused for so long it ends by itself
MOST: Final = 20  # of one member; the oldest ends first
_FRESH = timedelta(hours=1)  # how exactly it is known when a browser was seen last


def start(scene: Scene, *, member: Member, device: str) -> str:
    """Sign the member in; gives the token that only his browser knows."""
    held = of(scene, member=member)
    for row in held[MOST - 1 :]:
        scene.session.delete(row)
    token = secrets.token_urlsafe(32)
    scene.session.add(
        SignIn(
            community_id=scene.community_id,
            digest=_digest(scene, token),
            member_id=member.id,
            device=device[:80],
            created_at=scene.now,
            seen_at=scene.now,
            expires_at=scene.now + IDLE,
        )
    )
    note(scene, member_id=member.id, verb="sign_in", actor=member)
    scene.session.flush()
    return token


def find(scene: Scene, *, token: str) -> SignIn | None:
    """The sign-in of that token, unless it has ended."""
    row = sign_ins.find(
        scene.session, community_id=scene.community_id, digest=_digest(scene, token)
    )
    return None if row is None or row.expires_at <= scene.now else row


def is_stale(scene: Scene, row: SignIn) -> bool:
    """It is worth writing down that the browser is still in use."""
    return row.seen_at <= scene.now - _FRESH


def touch(scene: Scene, row: SignIn) -> None:
    """The browser is in use."""
    row.seen_at, row.expires_at = scene.now, scene.now + IDLE


def of(scene: Scene, *, member: Member) -> list[SignIn]:
    """Where the member is signed in, the browser seen last first."""
    return sign_ins.of_member(
        scene.session, community_id=scene.community_id, member_id=member.id, now=scene.now
    )


def end(scene: Scene, *, member: Member, digest: str) -> bool:
    """End one of the member's own sign-ins. False: he has no such one."""
    row = sign_ins.find(scene.session, community_id=scene.community_id, digest=digest)
    if row is None or row.member_id != member.id:
        return False
    scene.session.delete(row)
    note(scene, member_id=member.id, verb="sign_out", actor=member)
    return True


def end_all(scene: Scene, *, member: Member) -> int:
    """End all of the member's sign-ins; gives how many there were."""
    held = of(scene, member=member)
    for row in held:
        scene.session.delete(row)
    if held:
        note(scene, member_id=member.id, verb="sign_out", actor=member, count=len(held))
    return len(held)


def _digest(scene: Scene, token: str) -> str:
    return digest(scene.community_id, f"browser:{token}")
