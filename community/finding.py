"""Looking through the whole pool for some words: posts of both kinds, and members."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.indexing import telling
from community.matches import Found
from community.scene import Scene
from community.search import MEMBERS, ranked
from matching import Analysis, Ranked, Reason, search_results
from storage.queries import members, posts
from storage.tables import Member

MOST_POSTS = 5
MOST_MEMBERS = 3


@dataclass(frozen=True)
class Person:
    """A member whose profile answers the words, and why."""

    member: Member
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Hits:
    """What was found, the best first. ``vague``: the words say nothing to look for."""

    posts: Sequence[Found] = ()
    members: Sequence[Person] = ()
    vague: bool = False


def find(scene: Scene, *, words: str, member: Member) -> Hits:
    """Everything that has to do with the words, but for what the member himself has to say."""
    query = scene.analyser.analyse(words)
    if not telling(query):
        return Hits(vague=True)
    return Hits(_posts(scene, query, member), _members(scene, query, member))


def _posts(scene: Scene, query: Analysis, member: Member) -> list[Found]:
    both = [
        *ranked(scene, query=query, shelf="need", exclude_author=member.id),
        *ranked(scene, query=query, shelf="offer", exclude_author=member.id),
    ]
    best = _best(query, both, MOST_POSTS)
    stored = posts.by_ids(
        scene.session, community_id=scene.community_id, ids=[one.id for one in best]
    )
    authors = _by_id(scene, [post.author_id for post in stored.values()])
    return [Found(stored[one.id], authors[stored[one.id].author_id], one.reasons) for one in best]


def _members(scene: Scene, query: Analysis, member: Member) -> list[Person]:
    people = ranked(scene, query=query, shelf=MEMBERS, exclude_author=member.id)
    best = _best(query, people, MOST_MEMBERS)
    found = _by_id(scene, [one.id for one in best])
    return [Person(found[one.id], one.reasons) for one in best]


def _best(query: Analysis, found: list[Ranked], limit: int) -> list[Ranked]:
    """The nearest, of equals the newer, that share a word which says something."""
    words = telling(query)
    told = [one for one in found if any(reason.word in words for reason in one.reasons)]
    return search_results(sorted(told, key=lambda one: (-one.score, -one.id)), limit)


def _by_id(scene: Scene, ids: list[int]) -> dict[int, Member]:
    found = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    return {member.id: member for member in found}
