"""How long a post lives."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from community.expiry import first_notice
from storage.tables import Post

LIFE: Mapping[str, timedelta] = MappingProxyType(
    {"need": timedelta(days=7), "offer": timedelta(days=90)}
)


def run(post: Post, now: datetime) -> None:
    """Let the post run from now on for its whole time."""
    post.state, post.closed_at = "active", None
    post.updated_at = now
    post.expires_at = now + LIFE[post.kind]
    post.notice_at = first_notice(expires_at=post.expires_at, now=now)
