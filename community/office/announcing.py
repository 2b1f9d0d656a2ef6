"""Showing a picture of how the community is doing to one of its groups."""

import base64

from community.actions import Image, Send, Text
from community.errors import UserError
from community.notices import send
from community.scene import Scene
from storage.queries import audit
from storage.tables import Member


def announce(scene: Scene, *, actor: Member, group: str, caption: str, picture: bytes) -> None:
    """Say the caption in the group, with the picture. Raises UserError."""
    if group not in scene.settings.groups:
        raise UserError("选一个要发到的群。")
    source = f"base64://{base64.b64encode(picture).decode()}"
    send(scene, Send(group=group, segments=(Text(text=caption), Image(source=source))))
    audit.add(
        scene.session,
        community_id=scene.community_id,
        at=scene.now,
        via=scene.via,
        verb="announce",
        subject="community",
        subject_id=0,
        actor_id=actor.id,
    )
