"""Standing wishes: a member is told when somebody posts about a keyword."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from community.pool.indexing import index_follow
from community.scene import Scene
from matching import Analysis, fold, follows
from storage.queries import counters
from storage.queries.pool import follows as queries
from storage.tables import Follow, Member, Post

MOST = 20  # per member
LONGEST = 30  # characters of one keyword


@dataclass
class Followed:
    """What became of each keyword."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)
    too_common: list[str] = field(default_factory=list)  # nothing in it that could be found
    beyond: list[str] = field(default_factory=list)  # over the limit of keywords


def follow(scene: Scene, *, member: Member, keywords: Sequence[str]) -> Followed:
    """Follow each keyword; a keyword of several words asks for all of them in one post."""
    followed = Followed()
    mine = listed(scene, member=member)
    for keyword in keywords:
        row = Follow(
            community_id=scene.community_id,
            id=0,
            member_id=member.id,
            keyword=keyword,
            term="",
            created_at=scene.now,
        )
        index_follow(scene.analyser, row)
        if any(fold(one.keyword) == fold(keyword) for one in mine):
            followed.known.append(keyword)
        elif len(keyword) > LONGEST:
            followed.too_long.append(keyword)
        elif not row.term:
            followed.too_common.append(keyword)
        elif len(mine) >= MOST:
            followed.beyond.append(keyword)
        else:
            mine.append(_add(scene, row))
            followed.added.append(keyword)
    return followed


def unfollow(scene: Scene, *, member: Member, keywords: Sequence[str]) -> list[str]:
    """Stop following the keywords, as far as they are followed; gives those."""
    unwanted = {fold(keyword) for keyword in keywords}
    mine = listed(scene, member=member)
    return _remove(scene, [one for one in mine if fold(one.keyword) in unwanted])


def unfollow_all(scene: Scene, *, member: Member) -> list[str]:
    """Stop following anything."""
    return _remove(scene, listed(scene, member=member))


def unfollow_about(scene: Scene, *, member: Member, post: Post) -> list[str]:
    """Stop following whatever brought the member this post."""
    analysis = Analysis.load(post.analysis)
    mine = listed(scene, member=member)
    return _remove(scene, [one for one in mine if follows(Analysis.load(one.analysis), analysis)])


def listed(scene: Scene, *, member: Member) -> list[Follow]:
    """What the member follows."""
    return queries.of_member(scene.session, community_id=scene.community_id, member_id=member.id)


def _add(scene: Scene, row: Follow) -> Follow:
    row.id = counters.take(scene.session, community_id=scene.community_id, name="follow")
    scene.session.add(row)
    return row


def _remove(scene: Scene, rows: Sequence[Follow]) -> list[str]:
    for row in rows:
        scene.session.delete(row)
    return [row.keyword for row in rows]
