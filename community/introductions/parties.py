"""Who is who in an introduction. Nothing else compares people, or says who stands for whom.

The scene is asked for throughout: who stands for whom is for the community to know.
"""

from collections.abc import Collection
from typing import Literal

from community.anonymity import authors
from community.scene import Scene
from storage.tables import Introduction, Member, Post

Side = Literal["asker", "asked", "introducer"]
Half = Literal["asker", "asked"]
"""One of the two who are to be put in touch."""
HALVES: tuple[Half, Half] = ("asker", "asked")


def named(scene: Scene, row: Introduction, side: Side) -> Member:
    """Whose name and card the others read."""
    number = {
        "asker": row.asker_id,
        "asked": row.asked_id,
        "introducer": row.introducer_id,
    }[side]
    return scene.session.get_one(Member, (scene.community_id, number))


def author(scene: Scene, post: Post) -> Member:
    """Whom a question about the post is for."""
    return scene.session.get_one(Member, (scene.community_id, post.author_id))


def reader(scene: Scene, member: Member) -> Member:
    """Who hears what the member is told, answers for him, and whose contact is given: whoever is
    behind an alias, else himself.
    """
    return authors.person_of(scene, member)


def is_alias(scene: Scene, member: Member) -> bool:
    """The others must not learn who it is before he has agreed."""
    return authors.is_alias(scene, member)


def numbers_of(scene: Scene, person: Member) -> list[int]:
    """The numbers by which introductions know the person, for himself alone: also those of his
    aliases.
    """
    return [person.id, *(row.member_id for row in authors.aliases_of(scene, person=person))]


def same(scene: Scene, one: Member, two: Member) -> bool:
    """Both are one person."""
    return reader(scene, one).id == reader(scene, two).id


def side_of(scene: Scene, row: Introduction, person: Member) -> Side | None:
    """What the person is in the introduction, be it as an alias."""
    return _side(row, numbers_of(scene, person))


def _side(row: Introduction, numbers: Collection[int]) -> Side | None:
    if row.asker_id in numbers:
        return "asker"
    if row.asked_id in numbers:
        return "asked"
    return "introducer" if row.introducer_id in numbers else None


def was_begun_by(row: Introduction, person: Member) -> bool:
    """The person asked for himself, or introduced the two."""
    return _side(row, [person.id]) == ("introducer" if row.introducer_id else "asker")


def is_of(row: Introduction, one: Member, two: Member) -> bool:
    """It is about these two, whoever wants it; an alias is somebody else than its person."""
    return {_side(row, [one.id]), _side(row, [two.id])} == {"asker", "asked"}


def other(half: Half) -> Half:
    """The one whom that one is to know."""
    return "asked" if half == "asker" else "asker"
