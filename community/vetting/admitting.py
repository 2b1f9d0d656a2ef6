"""An applicant becomes a member: with his account, and what he told of himself."""

from community import profiles
from community.people import member_for
from community.scene import Scene
from community.vetting.knowing import in_roster
from storage.queries import lookback, people
from storage.tables import Account, Application, Member

_INTO_PROFILE = ("name", "company", "title", "city", "industry", "gives", "seeks")


def admit(scene: Scene, application: Application) -> Member:
    """The member whom the applicant is from now on; what was vetted stands in the profile."""
    member = _member(scene, application)
    member.active = True
    application.member_id = member.id
    values = {
        key: application.answers[key][: profiles.FIELDS[key].longest]
        for key in _INTO_PROFILE
        if application.answers.get(key)
    }
    profiles.update(scene, member=member, values=values)
    # Whoever stood on the roster alone may have said nothing new; he can be reached only now.
    since = {member.id: scene.now}
    lookback.mark(scene.session, community_id=scene.community_id, since=since)
    return member


def _member(scene: Scene, application: Application) -> Member:
    known = people.by_account(
        scene.session, community_id=scene.community_id, account=application.account
    )
    if known is not None:
        return known
    roster = in_roster(scene, application)
    if roster is None:
        return member_for(scene, account=application.account, name=application.name)
    scene.session.add(
        Account(
            community_id=scene.community_id,
            address=application.account,
            member_id=roster.id,
            name=application.name,
            seen_at=scene.now,
        )
    )
    scene.session.flush()
    return roster
