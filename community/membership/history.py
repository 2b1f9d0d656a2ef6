"""Writing down what happens to a member. The audit learns ids and words of ours, no texts."""

from typing import Any

from community import audit_log
from community.scene import Scene
from storage.tables import Member


def note(
    scene: Scene, *, member_id: int, verb: str, actor: Member | None = None, **detail: Any
) -> None:
    """An entry in the audit; no actor: the bot itself."""
    audit_log.note(
        scene, verb=verb, subject="member", subject_id=member_id, actor=actor, detail=detail
    )
