"""Showing a picture of how the community is doing to one of its groups."""

import base64

from community import noting
from community.actions import Image, Send, Text
from community.errors import UserError
from community.notices import send
from community.scene import Scene
from storage.tables import Member


def announce(scene: Scene, *, actor: Member, group: str, caption: str, picture: bytes) -> None:
    """Say the caption in the group, with the picture. Raises UserError."""
    if group not in scene.settings.groups:
        raise UserError("选一个要发到的群。")
    source = f"base64://{base64.b64encode(picture).decode()}"
    send(scene, Send(group=group, segments=(Text(text=caption), Image(source=source))))
    noting.note(scene, verb="announce", subject="community", actor=actor)
