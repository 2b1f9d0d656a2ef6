"""Looking through the whole pool for some words: posts of both kinds, and members."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from community import directory
from community.guessing import guesses
from community.indexing import telling
from community.matches import Found
from community.scene import Scene
from community.search import MEMBERS, ranked
from matching import Analysis, Ranked, Reason, is_good, search_results
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
    score: float = 0.0  # of the best of all
    instead: str = ""  # what was looked for, when that is not what was said


def find(scene: Scene, *, words: str, member: Member) -> Hits:
    """Everything that has to do with the words, but for what the member himself has to say.

    Where they find nothing, or find less than what they surely mean, that is looked for instead.
    """
    hits = _find(scene, words, member)
    tried = guesses(scene, words=words, sure=hits.score > 0)
    if not tried or directory.find(scene, name=words.lstrip("@＠")).total:
        return hits
    for guess in tried:
        other = _find(scene, guess.text, member)
        fits = guess.alike or is_good(other.score)
        if fits and other.score > hits.score:
            return replace(other, instead=guess.text)
    return hits


def _find(scene: Scene, words: str, member: Member) -> Hits:
    query = scene.analyser.analyse(words)
    if not telling(query):
        return Hits(vague=True)
    found = _best_posts(scene, query, member)
    people = ranked(scene, query=query, shelf=MEMBERS, exclude_author=member.id)
    people = _best(query, people, MOST_MEMBERS)
    score = max((one.score for one in (*found, *people)), default=0.0)
    return Hits(_posts(scene, found), _members(scene, people), score=score)


def _best_posts(scene: Scene, query: Analysis, member: Member) -> list[Ranked]:
    both = [
        *ranked(scene, query=query, shelf="need", exclude_author=member.id),
        *ranked(scene, query=query, shelf="offer", exclude_author=member.id),
    ]
    return _best(query, both, MOST_POSTS)


def _posts(scene: Scene, best: list[Ranked]) -> list[Found]:
    stored = posts.by_ids(
        scene.session, community_id=scene.community_id, ids=[one.id for one in best]
    )
    authors = _by_id(scene, [post.author_id for post in stored.values()])
    return [Found(stored[one.id], authors[stored[one.id].author_id], one.reasons) for one in best]


def _members(scene: Scene, best: list[Ranked]) -> list[Person]:
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
