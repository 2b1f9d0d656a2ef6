"""Accepting the covenant, and who has not yet."""

from community.covenant import Covenant
from community.errors import UserError
from community.membership import standing
from community.membership.history import note
from community.scene import Scene
from storage.queries.people import memberships
from storage.tables import Member


def current(scene: Scene) -> Covenant:
    """The covenant as it is now. Raises UserError where there is none."""
    covenant = scene.settings.terms.covenant
    if not covenant.version:
        raise UserError(f"「{scene.settings.name}」没有写公约。")
    return covenant


def accept(scene: Scene, *, member: Member) -> bool:
    """The member accepts the present version; False: he had done so. Raises UserError."""
    version = current(scene).version
    row = standing.of(scene, member=member)
    if row.covenant == version:
        return False
    row.covenant, row.covenant_at = version, scene.now
    note(scene, member_id=member.id, verb="accept", actor=member, version=version)
    return True


def has_accepted(scene: Scene, *, member: Member) -> bool:
    """The member stands by the present version."""
    row = memberships.get(scene.session, community_id=scene.community_id, member_id=member.id)
    return row is not None and row.covenant == scene.settings.terms.covenant.version


def pending(scene: Scene) -> list[Member]:
    """Members who have not accepted the present version, in the order in which they came."""
    return memberships.without_covenant(
        scene.session, community_id=scene.community_id, version=current(scene).version
    )


def check_clause(scene: Scene, clause: int) -> None:
    """Raises UserError when a clause has to be named and is not, or does not exist."""
    clauses = scene.settings.terms.covenant.clauses
    if clauses and clause not in clauses:
        known = f"第 {min(clauses)} 到 {max(clauses)} 条"
        wrong = f"公约没有第 {clause} 条" if clause else "要写明依据公约第几条，例如 第3条"
        raise UserError(f"{wrong}（现有{known}，#公约 看全文）。")
