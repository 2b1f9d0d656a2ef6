"""How often somebody applied before he was erased, who has no new tries by beginning anew.

Kept of an account are its digest and two numbers: tries in a row that came to nothing for half a
year, and what it sent in the last day for a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from community.membership.digests import digest
from community.scene import Scene
from storage.queries.people import marks
from storage.tables import Mark

KIND: Final = "tried"
KEEP: Final = timedelta(days=180)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class PastTries:
    """What still counts."""

    failed: int = 0
    sent: int = 0  # in the last day


def of(scene: Scene, *, account: str) -> PastTries:
    """What is remembered of the account."""
    key = digest(scene.community_id, account)
    mark = marks.get(scene.session, community_id=scene.community_id, kind=KIND, digest=key)
    if mark is None or mark.at <= scene.now - KEEP:
        return PastTries()
    return PastTries(mark.tries, mark.sent if mark.at > scene.now - DAY else 0)


def remember(scene: Scene, *, account: str, tries: PastTries) -> None:
    """Put it in place of what was remembered; nothing where there is nothing to say.

    What an earlier erasure has left, and nothing was added to, goes when it was to go then.
    """
    here, key = scene.community_id, digest(scene.community_id, account)
    if tries == PastTries():
        marks.forget(scene.session, community_id=here, kind=KIND, digests=[key])
        return
    if tries == of(scene, account=account):
        return
    scene.session.merge(
        Mark(
            community_id=here,
            kind=KIND,
            digest=key,
            tries=tries.failed,
            sent=tries.sent,
            at=scene.now,
        )
    )


def prune(session: Session, *, now: datetime) -> None:
    """Forget what counts no more."""
    marks.prune(session, kind=KIND, before=now - KEEP, short_before=now - DAY)
