"""Writing down what happens to a member. The audit learns ids and words of ours, no texts."""

from typing import Any

from community.scene import Scene
from storage.queries import audit
from storage.tables import Member


def note(
    scene: Scene, *, member_id: int, verb: str, actor: Member | None = None, **detail: Any
) -> None:
    """An entry in the audit; no actor: the bot itself."""
    audit.add(
        scene.session,
        community_id=scene.community_id,
        at=scene.now,
        via=scene.via,
        verb=verb,
        subject="member",
        subject_id=member_id,
        actor_id=None if actor is None else actor.id,
        detail=detail,
    )
