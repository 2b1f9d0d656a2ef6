"""What a member wants by mail. Nothing comes by itself until he asks for it."""

import re
import secrets
from typing import Final

from community import urls
from community.errors import UserError
from community.mailing import send_times
from community.membership.history import note
from community.notices import by_mail
from community.scene import Scene
from storage.queries import counters
from storage.queries.people import people
from storage.queries.pool import follows
from storage.queries.traffic import outbox
from storage.queries.web import preferences as queries
from storage.tables import Member, Preference

ALERTS: Final = ("off", "now", "daily", "weekly")
DIGESTS: Final = ("off", "daily", "weekly")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def of(scene: Scene, *, member: Member) -> Preference:
    """What the member has chosen, or the defaults, to be read only: changes go into his own row."""
    known = queries.get(scene.session, community_id=scene.community_id, member_id=member.id)
    return known or Preference(community_id=scene.community_id, member_id=member.id)


def get_or_create_preference(scene: Scene, *, member: Member) -> Preference:
    """The member's own row, made now if there was none."""
    row = queries.get(scene.session, community_id=scene.community_id, member_id=member.id)
    if row is None:
        row = Preference(
            community_id=scene.community_id,
            member_id=member.id,
            unsubscribe=secrets.token_urlsafe(24),
        )
        scene.session.add(row)
        scene.session.flush()
    return row


def choose(scene: Scene, *, member: Member, alerts: str, digest: str) -> Preference:
    """What shall come from now on; what is switched on begins with what is new from here.

    Raises UserError for somebody who has no mail address, unless he switches all off.
    """
    if alerts not in ALERTS or digest not in DIGESTS:
        raise UserError("请从列出的几种里选一种。")
    if (alerts, digest) != ("off", "off") and not addresses(scene, member_id=member.id):
        raise UserError("还没有你的邮箱，先加一个邮箱，才能收信。")
    row = get_or_create_preference(scene, member=member)
    if row.alerts == "off" != alerts:
        mark_matches_told(scene, row)
    if row.digest == "off" != digest:
        row.last_post = _newest(scene, "post")
    if (row.alerts, row.digest) != (alerts, digest):
        note(scene, member_id=member.id, verb="mail", actor=member, alerts=alerts, digest=digest)
    row.alerts, row.digest = alerts, digest
    schedule_next(scene, row)
    return row


def mark_matches_told(scene: Scene, row: Preference) -> None:
    """Nothing that there is now is news for the member any more."""
    row.last_match, newest = _newest(scene, "match"), _newest(scene, "post")
    for follow in follows.of_member(
        scene.session, community_id=scene.community_id, member_id=row.member_id
    ):
        follow.last_post_id, follow.older = newest, []


def schedule_next(scene: Scene, row: Preference) -> None:
    """When the next letter is due. What is wanted at once is due when there is something."""
    zone = scene.settings.zone
    found = (
        send_times.following(one, now=scene.now, zone=zone) for one in (row.alerts, row.digest)
    )
    row.due_at = min((moment for moment in found if moment is not None), default=None)


def addresses(scene: Scene, *, member_id: int) -> list[str]:
    """The member's mail accounts, the one last used first."""
    held = people.accounts(scene.session, community_id=scene.community_id, member_id=member_id)
    return [one.address for one in held if by_mail(one.address)]


def by_token(scene: Scene, *, token: str) -> Preference | None:
    """What the holder of a letter's link has chosen; None: it leads to nobody."""
    if not _TOKEN.fullmatch(token):  # whatever somebody types, no database has to read it
        return None
    return queries.by_token(scene.session, community_id=scene.community_id, token=token)


def unsubscribe(scene: Scene, *, token: str) -> bool:
    """Nothing comes by itself any more, from now on; the same again does no harm.

    What waits in the outbox goes with it. False: the link leads to nobody.
    """
    row = by_token(scene, token=token)
    if row is None:
        return False
    if (row.alerts, row.digest) != ("off", "off"):
        note(scene, member_id=row.member_id, verb="mail", alerts="off", digest="off")
    row.alerts = row.digest = "off"
    row.due_at = None
    outbox.drop_waiting(
        scene.session,
        lanes=addresses(scene, member_id=row.member_id),
        containing=urls.unsubscribe(scene.settings, token),
    )
    return True


def _newest(scene: Scene, name: str) -> int:
    return counters.value(scene.session, community_id=scene.community_id, name=name)
