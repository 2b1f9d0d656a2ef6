"""Writing into the audit what is done, and through where."""

from collections.abc import Mapping
from typing import Any

from community.scene import Scene
from storage.queries import audit
from storage.tables import Member


def note(
    scene: Scene,
    *,
    verb: str,
    subject: str,
    subject_id: int = 0,
    actor: Member | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """An entry; no actor: the bot itself."""
    audit.add(
        scene.session,
        community_id=scene.community_id,
        at=scene.now,
        via=scene.via,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        actor_id=None if actor is None else actor.id,
        detail=detail,
    )
