"""A link from the private chat that signs in once."""

import secrets

from community.membership import codes
from community.scene import Scene
from storage.tables import Member


def offer(scene: Scene, *, member: Member) -> str:
    """The address that signs this member in; one that was given before leads nowhere any more."""
    token = secrets.token_urlsafe(24)
    codes.set_code(scene, member=member, code=token, purpose="web")
    return f"{scene.settings.public_url}/c/{scene.community_id}/enter/{token}"


def use(scene: Scene, *, token: str) -> int | None:
    """The id of the member whose link it is; it has served now. None: it is none any more."""
    member_id = codes.holder(scene, code=token, purpose="web")
    if member_id is not None:
        codes.consume(scene, member_id=member_id, purpose="web")
    return member_id
