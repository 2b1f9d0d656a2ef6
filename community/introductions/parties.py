"""Who is who in an introduction. Nothing else compares people, or says who stands for whom.

The scene is asked for throughout: who stands for whom is for the community to know.
"""

from typing import Literal

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


def reader(scene: Scene, member: Member) -> Member:  # noqa: ARG001 – so far everybody himself
    """Who hears what the member is told, answers for him, and whose contact is given."""
    return member


def numbers_of(scene: Scene, person: Member) -> list[int]:  # noqa: ARG001 – likewise
    """The numbers by which introductions know the person."""
    return [person.id]


def same(scene: Scene, one: Member, two: Member) -> bool:
    """Both are one person."""
    return not set(numbers_of(scene, one)).isdisjoint(numbers_of(scene, two))


def side_of(scene: Scene, row: Introduction, person: Member) -> Side | None:
    """What the person is in the introduction."""
    numbers = numbers_of(scene, person)
    if row.asker_id in numbers:
        return "asker"
    if row.asked_id in numbers:
        return "asked"
    return "introducer" if row.introducer_id in numbers else None


def was_begun_by(scene: Scene, row: Introduction, person: Member) -> bool:
    """The person asked for himself, or introduced the two."""
    return side_of(scene, row, person) == ("introducer" if row.introducer_id else "asker")


def is_of(scene: Scene, row: Introduction, one: Member, two: Member) -> bool:
    """It is about these two, whoever wants it."""
    return {side_of(scene, row, one), side_of(scene, row, two)} == {"asker", "asked"}


def other(half: Half) -> Half:
    """The one whom that one is to know."""
    return "asked" if half == "asker" else "asker"
