"""Which letters a member wants: matches of his, and what is new in the pool."""

import secrets
from typing import Final

from community.errors import UserError
from community.membership import addresses
from community.membership.history import note
from community.scene import Scene
from storage.queries import privacy as queries
from storage.tables import Member

ALERTS: Final = ("off", "now", "daily", "weekly")
DIGESTS: Final = ("off", "daily", "weekly")


def of(scene: Scene, *, member: Member) -> tuple[str, str]:
    """When matches and what is new are written to him."""
    row = queries.get(scene.session, community_id=scene.community_id, member_id=member.id)
    return ("off", "off") if row is None else (row.alerts, row.digest)


def choose(scene: Scene, *, member: Member, alerts: str, digest: str) -> None:
    """Store what he chooses. Raises UserError for who has no address."""
    if alerts not in ALERTS or digest not in DIGESTS:
        raise UserError("请从列出的几种里选一种。")
    if (alerts, digest) != ("off", "off") and not addresses.of(scene, member=member):
        raise UserError("还没有你的邮箱，先加一个邮箱，才能收信。")
    if (alerts, digest) == of(scene, member=member):
        return
    row = queries.ensure(
        scene.session,
        community_id=scene.community_id,
        member_id=member.id,
        unsubscribe=secrets.token_urlsafe(24),
    )
    row.alerts, row.digest = alerts, digest
    note(scene, member_id=member.id, verb="mail", actor=member, alerts=alerts, digest=digest)
