"""Who may have got a post done: those who were shown with it, and whoever is found by his name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community.members import directory, privacy
from community.members.privacy import Seen
from community.rights import may
from community.scene import Scene
from storage.queries.people import members
from storage.queries.pool import matches, posts
from storage.tables import Member, Post

_MOST = 8


@dataclass(frozen=True)
class Candidates:
    """Whom there is to choose from, as the viewer reads them; ``nobody``: none bears the name."""

    people: Sequence[Seen]
    nobody: bool


def candidates(
    scene: Scene, *, post: Post, viewer: Member, chosen: Sequence[int], name: str = ""
) -> Candidates:
    """Those who fitted the post, or those of that name; who was chosen stays in sight.

    Guests, who see no cards, find nobody by his name.
    """
    found: Sequence[Seen] = ()
    name = name if may(scene, viewer, "whois") else ""
    if name:
        found = directory.page(scene, viewer=viewer, name=name, size=_MOST).members
    fits = fitting(scene, post)
    known = _known(scene, viewer, [*chosen, *(() if name else fits)], fits)
    seen = (*privacy.seen_all(scene, members=known, viewer=viewer), *found)
    people = {one.id: one for one in seen}
    people.pop(post.author_id, None)
    return Candidates(list(people.values()), bool(name) and not found)


def meant(scene: Scene, *, post: Post, viewer: Member, chosen: Sequence[int]) -> list[Member]:
    """Those of the chosen ones whom the viewer may know of, and who are still with us."""
    return _known(scene, viewer, chosen, fitting(scene, post))


def _known(scene: Scene, viewer: Member, ids: Sequence[int], fits: Collection[int]) -> list[Member]:
    """Who was shown with the post is no secret, whether or not he is listed."""
    hidden: Collection[int] = set(ids) - set(fits)
    if may(scene, viewer, "whois"):
        hidden = privacy.unlisted(scene, ids=hidden, viewer=viewer)
    found = members.by_ids(
        scene.session,
        community_id=scene.community_id,
        ids=[one for one in ids if one not in hidden],
    )
    return [one for one in found if one.active]


def fitting(scene: Scene, post: Post) -> list[int]:
    """Members who were shown with the post: most likely it was one of them."""
    session, here = scene.session, scene.community_id
    found = [
        one for one in matches.of_post(session, community_id=here, post_id=post.id) if one.shown
    ]
    others = [one.target_post_id if one.post_id == post.id else one.post_id for one in found]
    stored = posts.by_ids(session, community_id=here, ids=[n for n in others if n is not None])
    ids = [stored[n].author_id for n in others if n in stored]
    ids += [one.target_member_id for one in found if one.target_member_id is not None]
    return list(dict.fromkeys(ids))[:_MOST]
