"""Who may do what: one table for all commands, whichever door they come through."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from community.membership.blacklist import is_barred
from community.scene import Scene
from storage.queries.people import memberships
from storage.tables import Member, Post

Role = Literal["owner", "admin", "operator", "member", "guest", "outsider"]
ROLES: Final[tuple[Role, ...]] = ("owner", "admin", "operator", "member", "guest", "outsider")
"""From the one who may do most. Who quit, was removed or is kept out is an outsider."""


@dataclass(frozen=True)
class Right:
    """The least role that may use a command, and whether only in a private chat."""

    lowest: Role
    private: bool = False

    def allows(self, role: Role) -> bool:
        """Somebody of that role may."""
        return ROLES.index(role) <= ROLES.index(self.lowest)


RIGHTS: Final[Mapping[str, Right]] = MappingProxyType(
    {
        # Everybody may learn, be left in peace, and have back or have erased what is his.
        "help": Right("outsider"),
        "covenant": Right("outsider"),
        "mute": Right("outsider"),
        "unfollow": Right("outsider"),
        "join": Right("outsider"),
        "export": Right("outsider", private=True),
        "erase": Right("outsider", private=True),
        # Guests may look around, say who they are, and end what they posted as members.
        "find": Right("guest"),
        "mine": Right("guest"),
        "stats": Right("guest"),
        "events": Right("guest"),
        "sign_off": Right("guest"),
        "review": Right("guest"),
        "profile": Right("guest"),
        "agree": Right("guest"),
        "quit": Right("guest"),
        "done": Right("guest"),
        "withdraw": Right("guest"),
        "undo": Right("guest"),
        "report": Right("guest", private=True),
        "bind": Right("guest"),  # in private; cancels codes that are said aloud
        "sign_in": Right("guest", private=True),
        # Members use the pool.
        "need": Right("member"),
        "offer": Right("member"),
        "collect": Right("member"),
        "renew": Right("member"),
        "edit": Right("member"),
        "follow": Right("member"),
        "whois": Right("member"),
        "feedback": Right("member"),
        "meet": Right("member"),
        "introduce": Right("member"),
        "introductions": Right("member"),
        "sign_up": Right("member"),
        "confirm": Right("member"),
        "events.names": Right("member"),
        "anonymous": Right("member"),  # in private; said aloud it is refused with care
        # Operators keep the community going.
        "pending": Right("operator"),
        "approve": Right("operator"),
        "reject": Right("operator"),
        "ask": Right("operator"),
        "hand_over": Right("operator"),
        "attendance": Right("operator"),
        "host": Right("operator"),
        "change_event": Right("operator"),
        "call_off": Right("operator"),
        "review.others": Right("operator"),
        "dues": Right("guest"),  # one's own
        "dues.others": Right("operator"),
        "covenant.pending": Right("operator"),
        # Admins decide about people.
        "role": Right("admin"),
        "remove": Right("admin"),
        "bar": Right("admin"),
        "lift": Right("admin"),
        "decide": Right("admin"),
        "unmask": Right("admin", private=True),
        "office.numbers": Right("admin"),
        "office.members": Right("admin"),
        "office.posts": Right("admin"),
        "office.settings": Right("admin"),
        "office.audit": Right("admin"),
        "office.health": Right("admin"),
        "role.admin": Right("owner"),
        "bind.others": Right("owner"),  # an owner's own account could be bound by it
    }
)
"""By the name of the feature; ``feature.part`` where a part of it takes more."""


def role_of(scene: Scene, member: Member) -> Role:
    """What the member is in the community; the admins of the configuration own it."""
    accounts, role, state = memberships.held(
        scene.session, community_id=scene.community_id, member_id=member.id
    )
    if accounts & scene.settings.admins:
        return "owner"
    if state is None:
        return "member"
    if state != "active" or is_barred(scene.session, member):
        return "outsider"
    return next(one for one in ROLES if one == role)


def right_to(command: str, *, admin: bool = False) -> Right:
    """The row of the table; a command without one is for members, or for admins."""
    return RIGHTS.get(command, Right("admin" if admin else "member"))


def may(scene: Scene, member: Member, command: str) -> bool:
    """The member's role is enough for the command."""
    return right_to(command).allows(role_of(scene, member))


def is_admin(scene: Scene, member: Member) -> bool:
    """The member decides about people in the community."""
    return Right("admin").allows(role_of(scene, member))


def may_change(scene: Scene, member: Member, post: Post) -> bool:
    """The author may, and an admin."""
    return post.author_id == member.id or is_admin(scene, member)
