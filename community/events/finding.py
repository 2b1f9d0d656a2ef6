"""Which event is meant."""

from collections.abc import Sequence
from datetime import timedelta

from community.errors import UserError
from community.scene import Scene
from matching import fold
from storage.queries.events import events
from storage.tables import Event

LASTS = timedelta(hours=4)  # after its start an event is over, for nobody tells when it ends


def by_number(scene: Scene, number: int) -> Event:
    """The event of that number. Raises UserError."""
    event = scene.session.get(Event, (scene.community_id, number))
    if event is None:
        raise UserError(f"没有 E{number} 这个活动。发 #活动 看有哪些。")
    return event


def coming(scene: Scene) -> Sequence[Event]:
    """What takes place, the next one first; what has begun is among it for some hours."""
    since = scene.now - LASTS
    return events.coming(scene.session, community_id=scene.community_id, since=since)


def ended(scene: Scene, *, limit: int) -> Sequence[Event]:
    """What is over or cancelled, the latest first."""
    since = scene.now - LASTS
    return events.ended(scene.session, community_id=scene.community_id, since=since, limit=limit)


def ahead(scene: Scene) -> Sequence[Event]:
    """What has not begun yet."""
    return events.coming(scene.session, community_id=scene.community_id, since=scene.now)


def by_words(found: Sequence[Event], text: str) -> Sequence[Event]:
    """Those of the events in whose title these words stand."""
    words = fold(text).strip()
    return [event for event in found if words and words in fold(event.title)]
