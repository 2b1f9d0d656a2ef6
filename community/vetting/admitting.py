"""An applicant becomes a member: with his account, and what he told of himself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.members import profiles
from community.members.people import get_or_create_member
from community.membership import probation
from community.scene import Scene
from community.vetting.identity import in_roster
from storage.queries.learning import lookback
from storage.tables import Account, Application, Member

_SETTLED = timedelta(days=probation.DAYS)  # who has been a member so long is no newcomer
_INTO_PROFILE = ("name", "company", "title", "city", "industry", "gives", "seeks")


@dataclass(frozen=True)
class Admitted:
    """The member whom an applicant has become."""

    member: Member
    newcomer: bool  # False: an old member, known from the roster or from the group


def admit(scene: Scene, application: Application) -> Admitted:
    """The member whom the applicant is from now on; what was vetted stands in the profile."""
    admitted = _admitted(scene, application)
    member = admitted.member
    member.active = True
    application.member_id = member.id
    values = {
        key: application.answers[key][: profiles.FIELDS[key].longest]
        for key in _INTO_PROFILE
        if application.answers.get(key)
    }
    profiles.fill_in(scene, member=member, values=values)
    # Whoever stood on the roster alone may have said nothing new; he can be reached only now.
    since = {member.id: scene.now}
    lookback.mark(scene.session, community_id=scene.community_id, since=since)
    return admitted


def _admitted(scene: Scene, application: Application) -> Admitted:
    address = application.account
    account = scene.session.get(Account, (scene.community_id, address))
    if account is not None:
        known = scene.session.get_one(Member, (scene.community_id, account.member_id))
        # Who was imported has not spoken yet; who has come past the door may have, just now.
        old = account.seen_at is None or known.created_at <= scene.now - _SETTLED
        return Admitted(known, newcomer=not (old and known.active))
    roster = in_roster(scene, application)
    if roster is None:
        member = get_or_create_member(scene, account=address, name=application.name)
        _account(scene, address).seen_at = _seen(scene, application)
        return Admitted(member, newcomer=True)
    scene.session.add(
        Account(
            community_id=scene.community_id,
            address=address,
            member_id=roster.id,
            name=application.name,
            seen_at=_seen(scene, application),
        )
    )
    scene.session.flush()
    return Admitted(roster, newcomer=False)


def _seen(scene: Scene, application: Application) -> datetime | None:
    """Whoever asked at a platform's door has not spoken with the bot, and cannot be written to."""
    return None if application.source == "qq_request" else scene.now


def _account(scene: Scene, address: str) -> Account:
    return scene.session.get_one(Account, (scene.community_id, address))
