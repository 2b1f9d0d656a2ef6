"""Which room of a platform a group is, where the configuration names it otherwise."""

from sqlmodel import Session, select

from storage.tables import Group


def native_id(session: Session, *, address: str) -> str | None:
    """The platform's own id of a group; None when none was found yet."""
    found = session.exec(select(Group.native_id).where(Group.address == address)).first()
    return found or None


def keep(session: Session, *, address: str, native_id: str) -> None:
    """Remember it. A group that no community has any more is left alone."""
    group = session.exec(select(Group).where(Group.address == address)).first()
    if group is not None:
        group.native_id = native_id


def names(session: Session, *, community_id: str) -> dict[str, str]:
    """What the groups of a community are called, by address; empty where nobody has told."""
    statement = select(Group.address, Group.name).where(Group.community_id == community_id)
    return dict(session.exec(statement).all())
