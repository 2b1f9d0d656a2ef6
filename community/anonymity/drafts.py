"""An anonymous text that its author has still to confirm: kept for an hour, sealed."""

from dataclasses import dataclass
from datetime import timedelta

from community.anonymity.authors import blind_of
from community.anonymity.keys import KeyRing
from community.scene import Scene
from storage.queries import anonymity
from storage.tables import AnonymousDraft, Member

LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Draft:
    """What will be read, and under which name."""

    kind: str
    text: str
    alias: str


def keep(scene: Scene, ring: KeyRing, *, person: Member, draft: Draft) -> None:
    """Keep the draft in place of the one before."""
    scene.session.merge(
        AnonymousDraft(
            community_id=scene.community_id,
            blind=blind_of(ring, scene.community_id, person.id),
            sealed=ring.seal(draft.kind, draft.text, draft.alias),
            expires_at=scene.now + LIFE,
        )
    )
    scene.session.flush()


def read(scene: Scene, ring: KeyRing, *, person: Member) -> Draft | None:
    """What the person has still to confirm."""
    row = _row(scene, ring, person)
    parts = None if row is None or row.expires_at <= scene.now else ring.open(row.sealed)
    return None if parts is None else Draft(*parts)


def drop(scene: Scene, ring: KeyRing, *, person: Member) -> None:
    """It is published, or not wanted any more."""
    row = _row(scene, ring, person)
    if row is not None:
        scene.session.delete(row)
        scene.session.flush()


def _row(scene: Scene, ring: KeyRing, person: Member) -> AnonymousDraft | None:
    blind = blind_of(ring, scene.community_id, person.id)
    return anonymity.draft(scene.session, community_id=scene.community_id, blind=blind)
