"""Who may do what."""

from community.scene import Scene
from storage.queries import people
from storage.tables import Member, Post


def is_admin(scene: Scene, member: Member) -> bool:
    """One of the member's accounts is an admin of the community."""
    accounts = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    return any(account.address in scene.settings.admins for account in accounts)


def may_change(scene: Scene, member: Member, post: Post) -> bool:
    """The author may, and an admin."""
    return post.author_id == member.id or is_admin(scene, member)
