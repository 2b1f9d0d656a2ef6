"""What a post was matched with, as its page shows it to whoever may see that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from community.members import privacy
from community.scene import Scene
from storage.queries.people import members
from storage.queries.pool import matches, posts
from storage.tables import Match, Member, Post

_MOST = 10
_REASONS = 2


@dataclass(frozen=True)
class Fit:
    """A post or a member that fits, and why."""

    post: Post | None
    who: str
    number: int  # of the member, 0: he has no page
    reasons: str


def of_post(scene: Scene, *, post: Post, viewer: Member) -> list[Fit]:
    """What the post was matched with and is still there, the best first.

    Posts show whoever wrote them; members are shown for their profile only if they are listed.
    """
    found = matches.of_post(scene.session, community_id=scene.community_id, post_id=post.id)
    found = found[: 3 * _MOST]
    others = _posts(scene, [_other(one, post) for one in found])
    people = _people(scene, found, others)
    seen = {
        one.id: one for one in privacy.seen_all(scene, members=list(people.values()), viewer=viewer)
    }
    fits: list[Fit] = []
    for one in found:
        other = others.get(_other(one, post))
        person = people.get(other.author_id if other else one.target_member_id or 0)
        if person is None or not person.active:
            continue
        profile = seen[person.id]
        shown = other.state == "active" if other else profile.listed and person.id != post.author_id
        if shown:
            told = privacy.told(one.reasons, seen=profile, member=person)[:_REASONS]
            number = person.id if profile.listed else 0
            fits.append(Fit(other, person.shown, number, "、".join(told)))
    return fits[:_MOST]


def _posts(scene: Scene, numbers: Sequence[int]) -> Mapping[int, Post]:
    ids = [number for number in numbers if number]
    return posts.by_ids(scene.session, community_id=scene.community_id, ids=ids)


def _people(
    scene: Scene, found: Sequence[Match], others: Mapping[int, Post]
) -> Mapping[int, Member]:
    """Members who were matched, and the authors of posts that were."""
    ids = [one.target_member_id for one in found if one.target_member_id]
    ids += [other.author_id for other in others.values()]
    rows = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    return {one.id: one for one in rows}


def _other(match: Match, post: Post) -> int:
    """The number of the other post; 0 where a member was matched."""
    return (match.target_post_id if match.post_id == post.id else match.post_id) or 0
