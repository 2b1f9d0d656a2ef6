"""Showing a picture of how the community is doing to one of its groups."""

import base64
from collections.abc import Sequence
from typing import Any

from community import audit_log
from community.actions import Image, Send, Text
from community.errors import UserError
from community.notices import send
from community.office.double_clicks import WITHIN
from community.scene import Scene
from storage.queries import audit
from storage.queries.traffic import rooms
from storage.tables import Member


def groups(scene: Scene) -> Sequence[tuple[str, str]]:
    """Where it may be shown: each group's address, and what it is called as far as is known."""
    named = rooms.names(scene.session, community_id=scene.community_id)
    return [(one, named.get(one) or one) for one in scene.settings.groups]


def announce(
    scene: Scene, *, actor: Member, group: str, chart: str, caption: str, picture: bytes
) -> None:
    """Say the caption in the group, with the picture of that chart. Raises UserError.

    Drawing it takes a while: whoever has clicked once more meanwhile wanted it once.
    """
    if group not in scene.settings.groups:
        raise UserError("选一个要发到的群。")
    shown = {"chart": chart, "group": group}
    if shown in _lately(scene):
        return
    source = f"base64://{base64.b64encode(picture).decode()}"
    send(scene, Send(group=group, segments=(Text(text=caption), Image(source=source))))
    audit_log.note(scene, verb="announce", subject="community", actor=actor, detail=shown)


def _lately(scene: Scene) -> list[dict[str, Any]]:
    """What was shown in the last moments, and where."""
    wanted = audit.Wanted(verbs=("announce",), since=scene.now - WITHIN)
    rows = audit.latest(scene.session, community_id=scene.community_id, wanted=wanted, limit=10)
    return [row.detail for row in rows]
