"""From whom an anonymous post is hidden: from everybody of the employer that its author declared.

One place decides it for all: lists, searches, letters, calls, and whoever names its number. When
in doubt it is hidden: without the key, and from whoever has changed the company on his card since
it was posted, or it could be tried out which employer makes a post vanish.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from community.anonymity.authors import aliases_among, behind, blind_of, row_of
from community.anonymity.employers import beginnings, companies, core, on_card
from community.anonymity.keys import KeyRing, key_ring
from community.members.people import accounts_in_group
from community.scene import Scene
from storage.queries import anonymity
from storage.queries.anonymity import Author
from storage.queries.people import members, people, personal
from storage.tables import Member, Post

_KEPT = 20_000  # names
_AT_ONCE = 16


class Writer(Protocol):
    """Who wrote a post, as far as it is asked here."""

    @property
    def id(self) -> int: ...

    @property
    def active(self) -> bool: ...


@dataclass(frozen=True)
class _Reader:
    """Somebody who may see it, and the companies that he has declared."""

    id: int
    companies: tuple[str, ...]


def blinds_of(ring: KeyRing, scene: Scene, declared: Iterable[str]) -> list[str]:
    """What is kept of an author's employers: each name and all that it begins with, among others
    that mean nothing, or their number would tell how long it is.
    """
    blinds: list[str] = []
    for name in map(core, declared):
        blinds += _blinds(ring, scene.community_id, "part", tuple(beginnings(name)))
        blinds += _blinds(ring, scene.community_id, "whole", (name,))
    return sorted([*blinds, *(secrets.token_hex(32) for _ in range(-len(blinds) % _AT_ONCE))])


@lru_cache(_KEPT)
def _blinds(ring: KeyRing, community_id: str, what: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """A large community has declared thousands of companies, and the same again and again."""
    return tuple(ring.blind(what, community_id, name) for name in names)


def declared_by(scene: Scene, member: Member) -> list[str]:
    """The companies of the member's card, and of the names that he wears in the groups."""
    held = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    seats = personal.seats(scene.session, member=member, accounts=[one.address for one in held])
    found = [member.company, *_worn(scene, member.group_nickname)]
    found += [
        one for seat in seats for card in (seat.card, seat.name) for one in _worn(scene, card)
    ]
    return companies(found)


def unseen(
    scene: Scene,
    *,
    by: int | None,
    group: str | None = None,
    among: Collection[int] | None = None,
) -> set[int]:
    """Aliases whose posts are hidden from the member and, where it is said in one, the group.

    Of all aliases, or of those ``among`` these members. Nobody and nowhere: from a stranger, all
    that are hidden from anybody.
    """
    if among is not None:
        among = aliases_among(scene, among)
        if not among:
            return set()
    rows = anonymity.with_employer(scene.session, community_id=scene.community_id, ids=among)
    ring = key_ring(scene) if rows else None
    if ring is None or (by is None and group is None):
        return {row.member_id for row in rows}
    person = by if by is None else _person(scene, by)
    judge = _Judge(scene, ring, rows)
    return {row.member_id for row in rows if judge.hides(row, person, group)}


def unseen_of(
    scene: Scene, writers: Iterable[Writer], *, by: int | None, group: str | None = None
) -> set[int]:
    """Likewise of some who wrote posts: mostly none of them is an alias, and nothing is asked."""
    among = {one.id for one in writers if not one.active}
    return unseen(scene, by=by, group=group, among=among)


def open_groups(scene: Scene, ring: KeyRing, *, person: Member, groups: Sequence[str]) -> list[str]:
    """The groups in which nobody sits who works where the person does."""
    blind = blind_of(ring, scene.community_id, person.id)
    employers = blinds_of(ring, scene, declared_by(scene, person))
    row = Author(0, blind, employers, ring.id, scene.now)
    judge = _Judge(scene, ring, [row])
    return [one for one in groups if not (employers and judge.hides(row, None, one))]


def is_hidden(scene: Scene, post: Post, *, by: Member, group: str | None = None) -> bool:
    """The member, or the group, must not see the post."""
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    return bool(unseen_of(scene, [author], by=by.id, group=group))


def barred(scene: Scene, *, author: Writer, ids: Collection[int]) -> set[int]:
    """Those of the members who must not be told of an author's post: his colleagues; and himself,
    who is told in other ways.
    """
    row = None if author.active or not ids else row_of(scene, author.id)
    if row is None:
        return set()
    ring = key_ring(scene)
    if ring is None:
        return set(ids)
    own = {id_ for id_ in ids if blind_of(ring, scene.community_id, id_) == row.blind}
    here = scene.community_id
    found = anonymity.with_employer(scene.session, community_id=here, ids=[author.id])
    return own.union(*(_Judge(scene, ring, found).kept_from(one, ids) for one in found))


def colleagues(scene: Scene, *, person: Member) -> list[int]:
    """Members who have declared an employer of the person's, without himself."""
    mine = [core(one) for one in declared_by(scene, person)]
    return [
        one.id
        for one in _readers(scene)
        if one.id != person.id
        and any(_same(core(theirs), name) for theirs in one.companies for name in mine)
    ]


class _Judge:
    """Looks at some authors together, and reads the cards of the members only once."""

    def __init__(self, scene: Scene, ring: KeyRing, rows: Sequence[Author]) -> None:
        self._scene, self._ring = scene, ring
        self._everybody: list[_Reader] | None = None
        self._seats: dict[str, list[_Reader]] = {}
        since = min((row.since for row in rows), default=scene.now)
        self._changes = anonymity.company_changes(
            scene.session, community_id=scene.community_id, since=since
        )

    def kept_from(self, row: Author, ids: Collection[int]) -> set[int]:
        """Those of the members who must not see it."""
        return set(ids) if row.key_id != self._ring.id else self._others(row, ids)

    def hides(self, row: Author, person: int | None, group: str | None) -> bool:
        if row.key_id != self._ring.id:
            return True
        if person is not None and person in self._others(row, [person]):
            return True
        if group is None:
            return False
        ids = self._others(row, None)
        if accounts_in_group(self._scene, ids=ids, group=group):
            return True
        return any(
            self._works_there(row, one) and not self._is_author(row, one.id)
            for one in self._seated(group)
        )

    def _others(self, row: Author, ids: Collection[int] | None) -> set[int]:
        """Of these, or of all, who must not see it; its author himself may."""
        changed = {id_ for id_, at in self._changes if at > row.since}
        found = {one.id for one in self._of(ids) if self._works_there(row, one)}
        found |= changed if ids is None else changed & set(ids)
        return {id_ for id_ in found if not self._is_author(row, id_)}

    def _is_author(self, row: Author, id_: int) -> bool:
        return blind_of(self._ring, self._scene.community_id, id_) == row.blind

    def _seated(self, group: str) -> list[_Reader]:
        """Who sits there, also those who have never said a word to the bot."""
        if group not in self._seats:
            found = people.seat_cards(
                self._scene.session, community_id=self._scene.community_id, group=group
            )
            self._seats[group] = [
                _Reader(
                    id_ or 0,
                    tuple(companies([*_worn(self._scene, card), *_worn(self._scene, name)])),
                )
                for id_, name, card in found
            ]
        return self._seats[group]

    def _of(self, ids: Collection[int] | None) -> list[_Reader]:
        if ids is None:
            if self._everybody is None:
                self._everybody = _readers(self._scene)
            return self._everybody
        session, here = self._scene.session, self._scene.community_id
        found = members.by_ids(session, community_id=here, ids=list(ids))
        return [_Reader(one.id, tuple(declared_by(self._scene, one))) for one in found]

    def _works_there(self, row: Author, reader: _Reader) -> bool:
        """One of the two names is what the other begins with."""
        kept, ring, here = set(row.employers), self._ring, self._scene.community_id
        return any(
            not kept.isdisjoint(_blinds(ring, here, "part", (name,)))
            or not kept.isdisjoint(_blinds(ring, here, "whole", tuple(beginnings(name))))
            for name in map(core, reader.companies)
        )


def _person(scene: Scene, member_id: int) -> int:
    """Whoever is behind an alias reads what is said to it."""
    member = scene.session.get(Member, (scene.community_id, member_id))
    if member is None or member.active:
        return member_id
    found = behind(scene, member_id)
    return member_id if found is None else found.id


def _readers(scene: Scene) -> list[_Reader]:
    found = members.cards(scene.session, community_id=scene.community_id)
    return [
        _Reader(id_, tuple(companies([company, *_worn(scene, nickname)])))
        for id_, company, nickname in found
    ]


def _worn(scene: Scene, card: str) -> list[str]:
    return on_card(card, pattern=scene.settings.nickname)


def _same(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
