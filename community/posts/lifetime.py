"""How long a post lives."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from community.posts.expiry import first_notice
from community.scene import Scene
from community.settings import Settings
from storage.tables import Post

LIFE: Mapping[str, timedelta] = MappingProxyType(
    {"need": timedelta(days=7), "offer": timedelta(days=90)}
)
_MORNING, _EVENING = time(8), time(22)


def run(scene: Scene, post: Post) -> None:
    """Let the post run from now on for its whole time."""
    post.state, post.closed_at = "active", None
    post.updated_at = scene.now
    post.expires_at = not_at_night(scene.now + LIFE[post.kind], scene.settings.zone)
    post.notice_at = first_notice(expires_at=post.expires_at, now=scene.now)


def awake(settings: Mapping[str, Settings], *, now: datetime) -> set[str]:
    """Ids of the communities in which it is day now."""
    return {id_ for id_, one in settings.items() if not_at_night(now, one.zone) == now}


def not_at_night(end: datetime, zone: ZoneInfo) -> datetime:
    """The end, or the next morning: its author hears of it then, and days before at that hour."""
    there = end.astimezone(zone)
    if _MORNING <= there.time() < _EVENING:
        return end
    day = there.date() + timedelta(days=there.time() >= _EVENING)
    return datetime.combine(day, _MORNING, zone).astimezone(end.tzinfo)
