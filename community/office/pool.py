"""All posts of the community, as admins look through them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from community.anonymity.hiding import unseen_of
from community.office.auditing import person
from community.office.history import Entry, in_words
from community.scene import Scene
from community.wording import KINDS, STATES
from storage.queries import audit
from storage.queries.people import members
from storage.queries.pool import listing
from storage.tables import Member, Post

PAGE: Final = 50
AMONG: Final = 5_000  # posts in which words are looked for


@dataclass(frozen=True)
class Page:
    """Some posts with their authors, the latest first."""

    posts: Sequence[tuple[Post, Member]]
    onward: int  # the number behind which the next page begins; 0: there is none


def page(scene: Scene, asked: Mapping[str, str], *, viewer: Member, before: int = 0) -> Page:
    """The latest that fit: q, kind, state, author; but for what is hidden from the viewer. Raises
    UserError.
    """
    author = asked.get("author", "").strip()
    kind, state = asked.get("kind", ""), asked.get("state", "")
    wanted = listing.WantedPosts(
        kind=kind if kind in KINDS else "",
        state=state if state in STATES else "",
        author_id=person(scene, author) if author else None,
        words=asked.get("q", "").strip(),
    )
    found = listing.posts(
        scene.session, community_id=scene.community_id, wanted=wanted, before=before or None,
        among=AMONG, limit=PAGE + 1,
    )  # fmt: skip
    shown = found[:PAGE]
    ids = sorted({one.author_id for one in shown})
    known = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    authors = {one.id: one for one in known}
    hidden = unseen_of(scene, known, by=viewer.id)
    seen = [(one, authors[one.author_id]) for one in shown if one.author_id not in hidden]
    return Page(seen, shown[-1].id if len(found) > PAGE else 0)


def history(scene: Scene, post: Post) -> list[Entry]:
    """What happened to a post, in order."""
    rows = audit.of(
        scene.session, community_id=scene.community_id, subject="post", subject_id=post.id
    )
    return in_words(scene, rows)
