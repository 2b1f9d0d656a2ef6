"""The one who holds what erased people left behind: no name, no account, found by nobody."""

from community.membership.redaction import NOBODY
from community.scene import Scene
from storage.queries import counters
from storage.queries.people import memberships
from storage.tables import Member


def placeholder_member(scene: Scene) -> Member:
    """The community's nameless member; made when he is first needed."""
    session, community_id = scene.session, scene.community_id
    held = memberships.of_state(session, community_id=community_id, state=memberships.NOBODY)
    nameless = next((one for one in held if one.name == NOBODY), None)  # the others are aliases
    if nameless is not None:
        return nameless
    member = Member(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="member"),
        name=NOBODY,
        active=False,
        muted=True,
        analysis_version=scene.analyser.version,
        created_at=scene.now,
        updated_at=scene.now,
    )
    session.add(member)
    session.flush()
    row = memberships.ensure(session, community_id=community_id, member_id=member.id)
    row.state = memberships.NOBODY
    return member
