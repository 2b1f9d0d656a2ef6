"""Who is behind an alias, and which aliases are somebody's.

To find a person's own posts nothing is opened. Something is opened to tell the author himself of
what becomes of his post, and where an admin breaks the seal (community/anonymity/unmasking.py).
"""

from collections.abc import Collection
from datetime import datetime

from community.anonymity.keys import KeyRing, key_ring
from community.scene import Scene
from storage.queries import anonymity, counters
from storage.queries.people import memberships, people
from storage.tables import AnonymousAuthor, Member, Post


def make_alias(scene: Scene, ring: KeyRing, *, person: Member, name: str) -> Member:
    """A member row for one post: no account, no card, found by nobody."""
    session, community_id = scene.session, scene.community_id
    alias = Member(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="member"),
        name=name,
        active=False,
        muted=True,
        analysis_version=scene.analyser.version,
        created_at=scene.now,
        updated_at=scene.now,
    )
    session.add(alias)
    session.flush()
    row = memberships.ensure(session, community_id=community_id, member_id=alias.id)
    row.state = memberships.NOBODY
    author = AnonymousAuthor(
        community_id=community_id, member_id=alias.id, sealed="", blind="", key_id=ring.id
    )
    seal(ring, author, person.id)
    session.add(author)
    session.flush()
    return alias


def seal(ring: KeyRing, row: AnonymousAuthor, person: int) -> None:
    """Put the person behind the alias. What is sealed fits no other row, and is always as long."""
    row.sealed = ring.seal(row.community_id, f"{row.member_id:010}", f"{person:010}")
    row.blind = blind_of(ring, row.community_id, person)


def blind_of(ring: KeyRing, community_id: str, person: int) -> str:
    """By what the person's aliases are found."""
    return ring.blind("member", community_id, str(person))


def row_of(scene: Scene, alias: int) -> AnonymousAuthor | None:
    """What is kept of the author, if the member is an alias."""
    found = anonymity.of_aliases(scene.session, community_id=scene.community_id, ids=[alias])
    return found[0] if found else None


def is_alias(scene: Scene, member: Member) -> bool:
    """The member exists for an anonymous post alone; the database is asked of few."""
    return not member.active and row_of(scene, member.id) is not None


def aliases_among(scene: Scene, ids: Collection[int]) -> set[int]:
    """Those of the members that are aliases."""
    here = scene.community_id
    return set(anonymity.alias_ids(scene.session, community_id=here, ids=ids))


def behind(scene: Scene, alias: int) -> Member | None:
    """The person, opened; None: no alias, no key, or he is not here any more."""
    row, ring = row_of(scene, alias), key_ring(scene)
    if row is None or ring is None:
        return None
    number = _opened(ring, row)
    return None if number is None else scene.session.get(Member, (scene.community_id, number))


def person_of(scene: Scene, member: Member) -> Member:
    """Who reads what is for the member: whoever is behind an alias, or the member himself."""
    if member.active:
        return member
    return behind(scene, member.id) or member


def alias_of(scene: Scene, *, person: Member, post: Post) -> Member | None:
    """The alias as which the person wrote the post, if he did; nothing is opened."""
    if post.author_id == person.id:
        return None
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    ring = None if author.active else key_ring(scene)
    row = None if ring is None else row_of(scene, author.id)
    if ring is None or row is None:
        return None
    return author if row.blind == blind_of(ring, scene.community_id, person.id) else None


def is_sealed_by_us(scene: Scene, post: Post) -> bool:
    """Who wrote it can be told apart from others by the key that is here."""
    row, ring = row_of(scene, post.author_id), key_ring(scene)
    return row is None or (ring is not None and row.key_id == ring.id)


def posts_of(
    scene: Scene, *, person: Member, state: str | None = None, since: datetime | None = None
) -> list[Post]:
    """His anonymous posts, the newest first; ``since`` looks at their end."""
    ring, here = key_ring(scene), scene.community_id
    if ring is None:
        return []
    blind = blind_of(ring, here, person.id)
    return anonymity.posts(scene.session, community_id=here, blind=blind, state=state, since=since)


def aliases_of(scene: Scene, *, person: Member) -> list[AnonymousAuthor]:
    """The rows of his aliases."""
    ring, here = key_ring(scene), scene.community_id
    if ring is None:
        return []
    blind = blind_of(ring, here, person.id)
    return anonymity.of_person(scene.session, community_id=here, blind=blind)


def ways_behind(scene: Scene, *, ids: Collection[int]) -> dict[int, list[str]]:
    """By alias, the accounts of whoever is behind it, the one last used first."""
    session, here = scene.session, scene.community_id
    found = anonymity.of_aliases(session, community_id=here, ids=ids)
    ring = key_ring(scene) if found else None
    if ring is None:
        return {}
    opened = {row.member_id: _opened(ring, row) for row in found}
    asked = {one for one in opened.values() if one is not None}
    ways: dict[int, list[str]] = {}
    for id_, account in people.addresses(session, community_id=here, member_ids=asked):
        ways.setdefault(id_, []).append(account)
    return {alias: ways[one] for alias, one in opened.items() if one in ways}


def hand_over(scene: Scene, *, keep: Member, gone: Member) -> None:
    """Two members become one: the aliases of the second are of the first from now on."""
    ring = key_ring(scene)
    for row in aliases_of(scene, person=gone):
        if ring is not None:
            seal(ring, row, keep.id)
    scene.session.flush()


def forget_person(scene: Scene, *, person: Member) -> None:
    """Nobody can be found behind his aliases any more; those without a post go as well."""
    session, here = scene.session, scene.community_id
    ring = key_ring(scene)
    for row in aliases_of(scene, person=person):
        row.sealed = row.blind = ""
    if ring is not None:
        blind = blind_of(ring, here, person.id)
        draft = anonymity.draft(session, community_id=here, blind=blind)
        if draft is not None:
            session.delete(draft)
    session.flush()
    anonymity.drop_bare(session, community_id=here)


def _opened(ring: KeyRing, row: AnonymousAuthor) -> int | None:
    parts = ring.open(row.sealed)
    if parts is None or parts[:2] != [row.community_id, f"{row.member_id:010}"]:
        return None
    return int(parts[2])
